/** Sections 2.2, 4.4, 4.5, 5.12, 6.1, 6.2, 6.4: object stores, and reading from them. */
import { describe, expect, it } from 'vitest';
import { IDBRecord } from '../../../../main/store/indexeddb';
import { end, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';
import { inUpgrade, storeWith } from '../support/object-stores';

describe('createObjectStore() and deleteObjectStore()', () => {
  it('check their arguments', async () => {
    const names = await inUpgrade((db, transaction) => {
      db.createObjectStore('taken');
      const tried = [
        () => db.createObjectStore('taken'),
        () => db.createObjectStore('taken', { keyPath: 'not valid' }),
        () => db.createObjectStore('x', { keyPath: [] }),
        () => db.createObjectStore('x', { keyPath: '', autoIncrement: true }),
        () => db.createObjectStore('x', { keyPath: ['a'], autoIncrement: true }),
        () => db.createObjectStore('x', 'keyPath' as never),
        () => db.deleteObjectStore('none'),
        () => transaction.abort(),
        () => db.createObjectStore('x'),
        () => db.deleteObjectStore('taken'),
      ].map(thrownName);
      return tried;
    });
    expect(names).toEqual([
      'ConstraintError',
      'SyntaxError',
      'SyntaxError',
      'InvalidAccessError',
      'InvalidAccessError',
      'TypeError',
      'NotFoundError',
      'nothing',
      'TransactionInactiveError',
      'TransactionInactiveError',
    ]);
  });

  it('are refused outside an upgrade', async () => {
    const { db } = await storeWith();
    expect(thrownName(() => db.createObjectStore('x'))).toBe('InvalidStateError');
    expect(thrownName(() => db.deleteObjectStore('s'))).toBe('InvalidStateError');
  });

  it('make and remove stores at once, with their records', async () => {
    const { indexedDB } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh, transaction) => {
      const store = fresh.createObjectStore('s', { autoIncrement: true });
      store.createIndex('i', 'a');
      store.put({ a: 1 });
      fresh.deleteObjectStore('s');
      expect(fresh.objectStoreNames.length).toBe(0);
      expect(store.indexNames.length).toBe(0);
      expect(thrownName(() => store.put(1))).toBe('InvalidStateError');
      expect(thrownName(() => store.index('i'))).toBe('InvalidStateError');
      expect(thrownName(() => transaction.objectStore('s'))).toBe('NotFoundError');
      fresh.createObjectStore('s', { autoIncrement: true }).put('new');
    });
    const store = db.transaction('s').objectStore('s');
    expect(await result(store.getAll())).toEqual(['new']);
    expect(await result(store.getAllKeys())).toEqual([1]);
  });

  it('give attributes that script cannot use to change them', async () => {
    await inUpgrade((db) => {
      const store = db.createObjectStore('s', { keyPath: ['a', 'b.c'] });
      expect(store.keyPath).toBe(store.keyPath);
      (store.keyPath as string[]).push('d');
      store.put({ a: 1, b: { c: 2 } });
      expect(store.autoIncrement).toBe(false);
      expect(db.createObjectStore('t').keyPath).toBeNull();
      const odd = { toString: () => 'odd' } as unknown as string;
      expect(db.createObjectStore('u', { keyPath: odd }).keyPath).toBe('odd');
    });
  });

  it('rename within an upgrade', async () => {
    const { indexedDB } = newIndexedDB();
    (
      await openDatabase(indexedDB, (db) => {
        db.createObjectStore('old').put('value', 1);
        db.createObjectStore('other');
      })
    ).close();
    const db = await openDatabase(
      indexedDB,
      (upgraded, transaction) => {
        const store = transaction.objectStore('old');
        expect(thrownName(() => (store.name = 'other'))).toBe('ConstraintError');
        store.name = 'new';
        store.name = 'new';
        expect(transaction.objectStore('new')).toBe(store);
        expect([...upgraded.objectStoreNames]).toEqual(['new', 'other']);
      },
      { version: 2 },
    );
    const store = db.transaction('new').objectStore('new');
    expect(await result(store.get(1))).toBe('value');
    expect(thrownName(() => (store.name = 'x'))).toBe('InvalidStateError');
  });
});

describe('put() and add()', () => {
  it('refuse what the specification refuses, in its order', async () => {
    const { open, db } = await storeWith();
    const inLine = await storeWith({ keyPath: 'a.b' });
    const generated = await storeWith({ keyPath: 'a.b', autoIncrement: true });
    expect(thrownName(() => open('readonly').put(1))).toBe('ReadOnlyError');
    expect(thrownName(() => open().put(1))).toBe('DataError');
    expect(thrownName(() => open().put(() => 1, {} as never))).toBe('DataError');
    expect(thrownName(() => open().put(() => 1, 1))).toBe('DataCloneError');
    expect(thrownName(() => inLine.open().put({ a: { b: 1 } }, 1))).toBe('DataError');
    expect(thrownName(() => inLine.open().put({}))).toBe('DataError');
    expect(thrownName(() => inLine.open().put({ a: { b: null } }))).toBe('DataError');
    expect(thrownName(() => generated.open().put({ a: 1 }))).toBe('DataError');
    expect(thrownName(() => generated.open().put(1))).toBe('DataError');
    const store = open();
    await end(store.transaction);
    expect(thrownName(() => store.put(1, 1))).toBe('TransactionInactiveError');
    expect(db.version).toBe(1);
  });

  it('give the key, replace or refuse', async () => {
    const { open } = await storeWith({}, (store) => void store.put('old', [1, 'x']));
    const store = open();
    expect(await result(store.put('new', [1, 'x']))).toEqual([1, 'x']);
    await expect(result(store.add('never', [1, 'x']))).rejects.toMatchObject({
      name: 'ConstraintError',
    });
    expect(await result(store.getAll())).toEqual(['new']);
  });

  it('store what the value was when they were called', async () => {
    const { open } = await storeWith({ keyPath: 'id', autoIncrement: true });
    const store = open();
    const value: { text: string; id?: number } = { text: 'before' };
    const added = store.add(value);
    value.text = 'after';
    await result(added);
    expect(value.id).toBeUndefined();
    expect(await result(store.get(1))).toEqual({ text: 'before', id: 1 });
  });

  it('clone before the key path is evaluated, and call a getter once', async () => {
    const { open } = await storeWith({ keyPath: 'key' });
    let calls = 0;
    const value = {
      get key(): number {
        calls += 1;
        return calls;
      },
    };
    const store = open();
    expect(await result(store.put(value))).toBe(1);
    expect(calls).toBe(1);
    expect(await result(store.get(1))).toEqual({ key: 1 });
    const inherited = Object.create({ key: 5 }) as object;
    expect(thrownName(() => store.put(inherited))).toBe('DataError');
    const hidden = Object.defineProperty({}, 'key', { value: 5, enumerable: false });
    expect(thrownName(() => store.put(hidden))).toBe('DataError');
    const throwing = {
      get key(): number {
        throw new EvalError('from the getter');
      },
    };
    expect(thrownName(() => store.put(throwing))).toBe('EvalError');
  });

  it('keep every structured value', async () => {
    const buffer = Uint8Array.of(1, 2, 3, 4).buffer;
    const shared = { here: 'twice' };
    const circular: Record<string, unknown> = { shared, again: shared };
    circular['self'] = circular;
    const values: unknown[] = [
      undefined,
      null,
      true,
      -0,
      NaN,
      2n ** 70n,
      'text \ud800',
      new Date(1e12),
      /re+/giu,
      new Map<unknown, unknown>([[{ a: 1 }, new Set([1, [2]])]]),
      new Error('message', { cause: 'why' }),
      Object.assign(new Array(3), { 0: 1, 2: 3 }),
      { nested: { deep: [{}] } },
      new Boolean(false),
      new Uint16Array(buffer),
      { one: new Uint8Array(buffer, 1), two: new DataView(buffer, 2), buffer },
      circular,
    ];
    const { open } = await storeWith({}, (store) => {
      for (const [i, value] of values.entries()) store.put(value, i);
    });
    const store = open('readonly');
    for (const [i, value] of values.entries()) {
      expect(await result(store.get(i)), `value ${i}`).toEqual(structuredClone(value));
    }
    const views = (await result(store.get(15))) as { one: Uint8Array; two: DataView };
    expect(views.one.buffer).toBe(views.two.buffer);
    const loop = (await result(store.get(16))) as typeof circular;
    expect(loop['self']).toBe(loop);
    expect(loop['shared']).toBe(loop['again']);
  });

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a promise', Promise.resolve()],
    ['a weak map', new WeakMap()],
    ['shared memory', new SharedArrayBuffer(1)],
    ['a proxy', new Proxy({}, {})],
    ['something deep inside', [{ a: new WeakSet() }]],
  ])('refuse %s', async (_name, value) => {
    const { open } = await storeWith();
    expect(thrownName(() => open().put(value, 1))).toBe('DataCloneError');
  });

  it('store values of 10 MB', async () => {
    const { open } = await storeWith();
    const large = new Uint8Array(10 * 1024 * 1024).fill(7);
    await result(open().put(large, 1));
    const back = (await result(open('readonly').get(1))) as Uint8Array;
    expect(Buffer.compare(back, large)).toBe(0);
  });
});

describe('reading', () => {
  const filled = () =>
    storeWith({}, (store) => {
      for (const key of [1, 2, 3, 'a', 'b']) store.put(`value of ${key}`, key);
      store.put(undefined, 'nothing');
    });

  it('finds the first record of a key or range', async () => {
    const { open } = await filled();
    const { IDBKeyRange } = await import('../../../../main/store/indexeddb');
    const store = open('readonly');
    const after1 = IDBKeyRange.lowerBound(1, true) as unknown as globalThis.IDBKeyRange;
    expect(await result(store.get(2))).toBe('value of 2');
    expect(await result(store.get(after1))).toBe('value of 2');
    expect(await result(store.getKey(after1))).toBe(2);
    expect(await result(store.get(9))).toBeUndefined();
    expect(await result(store.getKey(9))).toBeUndefined();
    expect(await result(store.get('nothing'))).toBeUndefined();
    expect(await result(store.getKey('nothing'))).toBe('nothing');
    expect(await result(store.count())).toBe(6);
    expect(await result(store.count(after1))).toBe(5);
    expect(await result(store.count(1))).toBe(1);
  });

  it('needs a query for get(), getKey() and delete()', async () => {
    const { open } = await filled();
    for (const method of ['get', 'getKey', 'delete'] as const) {
      for (const query of [undefined, null, NaN, {}]) {
        expect(thrownName(() => open()[method](query as never))).toBe('DataError');
      }
    }
    expect(thrownName(() => open().count(NaN))).toBe('DataError');
    expect(thrownName(() => open('readonly').delete(1))).toBe('ReadOnlyError');
    expect(thrownName(() => open('readonly').clear())).toBe('ReadOnlyError');
  });

  it('gives all values, keys or records, up to a count, in both directions', async () => {
    const { open } = await filled();
    const store = open('readonly') as unknown as Record<
      'getAll' | 'getAllKeys' | 'getAllRecords',
      (...args: unknown[]) => IDBRequest<unknown[]>
    >;
    expect(await result(store.getAll(null, 2))).toEqual(['value of 1', 'value of 2']);
    expect(await result(store.getAllKeys())).toEqual([1, 2, 3, 'a', 'b', 'nothing']);
    expect(await result(store.getAllKeys(undefined, 0))).toHaveLength(6);
    expect(await result(store.getAllKeys(2))).toEqual([2]);
    expect(await result(store.getAllKeys({ direction: 'prev', count: 2 }))).toEqual([
      'nothing',
      'b',
    ]);
    expect(await result(store.getAllKeys({ query: 3 }))).toEqual([3]);
    expect(await result(store.getAllKeys({}))).toHaveLength(6);
    // Beside options, a count is not looked at.
    expect(await result(store.getAllKeys({ count: 1 }, 3))).toEqual([1]);
    const [record] = await result(
      store.getAllRecords({ count: 1, direction: 'prevunique', query: 2 }),
    );
    expect(record).toBeInstanceOf(IDBRecord);
    expect(record).toMatchObject({ key: 2, primaryKey: 2, value: 'value of 2' });
    expect(thrownName(() => store.getAll(NaN))).toBe('DataError');
    expect(thrownName(() => store.getAll([{}]))).toBe('DataError');
    expect(thrownName(() => store.getAll({ query: {} }))).toBe('DataError');
    expect(thrownName(() => store.getAll(null, -1))).toBe('TypeError');
    expect(thrownName(() => store.getAll({ count: 2 ** 32 }))).toBe('TypeError');
    expect(thrownName(() => store.getAllRecords({ direction: 'up' }))).toBe('TypeError');
  });

  it('deletes keys and ranges, and clears', async () => {
    const { open } = await filled();
    const { IDBKeyRange } = await import('../../../../main/store/indexeddb');
    const store = open();
    const range = IDBKeyRange.bound(2, 'a') as unknown as globalThis.IDBKeyRange;
    expect(await result(store.delete(range) as IDBRequest<unknown>)).toBeUndefined();
    expect(await result(store.delete('none') as IDBRequest<unknown>)).toBeUndefined();
    expect(await result(store.getAllKeys())).toEqual([1, 'b', 'nothing']);
    expect(await result(store.clear() as IDBRequest<unknown>)).toBeUndefined();
    expect(await result(store.count())).toBe(0);
  });

  it('gives a new copy each time', async () => {
    const { open } = await storeWith({}, (store) => void store.put({ a: 1 }, 1));
    const store = open('readonly');
    const first = (await result(store.get(1))) as { a: number };
    first.a = 2;
    expect(await result(store.get(1))).toEqual({ a: 1 });
  });
});
