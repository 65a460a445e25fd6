/** How arguments are converted (Web IDL), and what is looked at before what. */
import { describe, expect, it } from 'vitest';
import { end, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';
import { storeWith } from '../support/object-stores';

/** A key whose conversion runs `act`. */
function keyThat(act: () => void): IDBValidKey {
  const key: IDBValidKey[] = ['replaced'];
  Object.defineProperty(key, '0', {
    enumerable: true,
    get() {
      act();
      return 'got';
    },
  });
  return key;
}

/** Calls a method with arguments its declaration does not allow. */
function call(target: object, method: string, ...parameters: unknown[]): unknown {
  return (Reflect.get(target, method) as (...given: unknown[]) => unknown).apply(
    target,
    parameters,
  );
}

describe('versions', () => {
  it.each([0, 0.9, -1, 2 ** 53, Number.NaN, Infinity, 'one', null, false, 1n, Symbol('1'), {}])(
    'refuse %s',
    (version) => {
      const { indexedDB } = newIndexedDB();
      expect(thrownName(() => call(indexedDB, 'open', 'db', version))).toBe('TypeError');
    },
  );

  it.each([
    [1.9, 1],
    ['3', 3],
    [true, 1],
    [undefined, 1],
    [{ valueOf: () => 4 }, 4],
  ])('take %s as a number', async (version, expected) => {
    const { indexedDB } = newIndexedDB();
    const db = await result(call(indexedDB, 'open', 'db', version) as IDBOpenDBRequest);
    expect(db.version).toBe(expected);
  });
});

describe('names of object stores', () => {
  it('are a sequence if they can be iterated, and one string if not', async () => {
    const { db } = await storeWith();
    const given: [unknown, string][] = [
      [new Set(['s']), 'nothing'],
      [db.objectStoreNames, 'nothing'],
      [{ toString: () => 's' }, 'nothing'],
      [Object('s'), 'nothing'],
      [{}, 'NotFoundError'],
      [Object('two'), 'NotFoundError'],
      [[], 'InvalidAccessError'],
      [[Symbol('s')], 'TypeError'],
    ];
    for (const [names, expected] of given) {
      expect(thrownName(() => call(db, 'transaction', names))).toBe(expected);
    }
  });
});

describe('options', () => {
  it('are read in the order of their names, each once', async () => {
    const read: string[] = [];
    const options = (...names: string[]): object => {
      const found = {};
      for (const name of names) {
        Object.defineProperty(found, name, { get: () => void read.push(name) });
      }
      return found;
    };
    await openDatabase(newIndexedDB().indexedDB, (db) => {
      const store = call(db, 'createObjectStore', 's', options('keyPath', 'autoIncrement'));
      call(store as object, 'createIndex', 'i', 'a', options('unique', 'multiEntry'));
      call(store as object, 'getAllRecords', options('query', 'direction', 'count'));
    });
    expect(read).toEqual([
      ...['autoIncrement', 'keyPath'],
      ...['multiEntry', 'unique'],
      ...['count', 'direction', 'query'],
    ]);
  });
});

describe('arguments of reading methods', () => {
  it('that Web IDL converts are refused before the state is looked at, keys after it', async () => {
    const { open } = await storeWith();
    const store = open('readonly');
    const calls: [string, ...unknown[]][] = [
      ['getAll', null, -1],
      ['getAllKeys', null, 2 ** 32],
      ['getAllRecords', { count: -1 }],
      ['getAllRecords', { direction: 'up' }],
      ['openCursor', null, 'up'],
      ['getAll', { count: -1 }],
      ['getAllRecords', { query: {} }],
      ['getAll', Number.NaN],
      ['get', {}],
      ['count', {}],
    ];
    const refusals = (): string[] =>
      calls.map(([method, ...given]) => thrownName(() => call(store, method, ...given)));
    const converted = Array.from({ length: 5 }, () => 'TypeError');
    expect(refusals()).toEqual([
      ...converted,
      'TypeError',
      ...Array.from({ length: 4 }, () => 'DataError'),
    ]);
    await end(store.transaction);
    expect(refusals()).toEqual([
      ...converted,
      ...Array.from({ length: 5 }, () => 'TransactionInactiveError'),
    ]);
  });
});

describe('a getter inside a key', () => {
  it.each(['add', 'put'])('cannot use the transaction during %s()', async (method) => {
    const { open } = await storeWith();
    const store = open();
    const seen: string[] = [];
    const key = keyThat(() => seen.push(thrownName(() => store.get(1))));
    expect(await result(call(store, method, 'value', key) as IDBRequest)).toEqual(['got']);
    expect(seen).toEqual(['TransactionInactiveError']);
  });

  it.each(['put', 'get', 'delete', 'openCursor'])(
    'that aborts the transaction has %s() refused',
    async (method) => {
      const { open } = await storeWith();
      const store = open();
      const key = keyThat(() => store.transaction.abort());
      const given = method === 'put' ? ['value', key] : [key];
      expect(thrownName(() => call(store, method, ...given))).toBe('TransactionInactiveError');
      expect(await end(store.transaction)).toBe('abort');
      expect(await result(open().count())).toBe(0);
    },
  );
});

describe('listeners', () => {
  it('are objects, null or undefined, and anything else a TypeError', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db');
    for (const method of ['addEventListener', 'removeEventListener']) {
      expect(thrownName(() => call(request, method, 'success'))).toBe('TypeError');
      expect(thrownName(() => call(request, method, 'success', 5))).toBe('TypeError');
      expect(thrownName(() => call(request, method, 'success', null))).toBe('nothing');
      expect(thrownName(() => call(request, method, 'success', undefined))).toBe('nothing');
    }
    await result(request);
  });
});
