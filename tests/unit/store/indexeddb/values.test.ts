/** Sections 2.3 and 5.11: what a value keeps, and what cannot be stored. */
import { describe, expect, it } from 'vitest';
import { IDBKeyRange } from '../../../../main/store/indexeddb';
import { end, eventOf, newIndexedDB, openDatabase, result, thrownName } from '../support/indexeddb';

async function newStore(parameters?: IDBObjectStoreParameters) {
  const { indexedDB, database } = newIndexedDB();
  const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s', parameters));
  const write = () => db.transaction('s', 'readwrite').objectStore('s');
  const read = () => db.transaction('s').objectStore('s');
  return { db, database, write, read };
}

/** What comes back of a value that is put. */
async function roundTrip<T>(value: T): Promise<T> {
  const { write, read } = await newStore();
  await result(write().put(value, 1));
  return (await result(read().get(1))) as T;
}

async function refusalOf(value: unknown): Promise<string> {
  const { write, read } = await newStore();
  const name = thrownName(() => write().put(value, 1));
  expect(await result(read().count())).toBe(0);
  return name;
}

describe('a stored value keeps', () => {
  it.each([
    ['undefined', undefined],
    ['minus zero', -0],
    ['a BigInt', -12345678901234567890n],
    ['a wrapped number', Object(-0) as unknown],
    ['a wrapped BigInt', Object(7n) as unknown],
    ['an invalid date', new Date(Number.NaN)],
    ['a regular expression', /a/giu],
    ['a map in a set', new Set([new Map([[{}, []]])])],
    ['half-precision floats', new Float16Array([1.5, Number.NaN])],
    ['a sparse array with a name', Object.assign(new Array<number>(3), { 1: 5, name: 'x' })],
    ['an object without a prototype', { ...(Object.create(null) as object), a: {} }],
  ])('%s', async (_name, value) => {
    expect(await roundTrip(value)).toEqual(value);
  });

  it('identity and cycles', async () => {
    const shared = {};
    const value: Record<string, unknown> = { a: shared, b: shared };
    value['self'] = value;
    const clone = await roundTrip(value);
    expect(clone['a']).toBe(clone['b']);
    expect(clone['self']).toBe(clone);
  });

  it.each([EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError, Error])(
    'the kind of an error: %o',
    async (Kind) => {
      const clone = await roundTrip(new Kind('why', { cause: 'because' }));
      expect(Object.getPrototypeOf(clone)).toBe(Kind.prototype);
      expect([clone.message, clone.cause]).toEqual(['why', 'because']);
    },
  );

  it('a DOMException by its name and message, also inside another value', async () => {
    const clone = await roundTrip({ errors: [new DOMException('gone', 'NotFoundError')] });
    expect(clone.errors[0]).toBeInstanceOf(DOMException);
    expect(clone.errors[0]).toMatchObject({ name: 'NotFoundError', message: 'gone', code: 8 });
  });
});

describe('blobs and files', () => {
  it('are kept with their bytes and their type, over a restart too', async () => {
    const { database, db, write } = await newStore();
    await result(write().put(new Blob(['some ', 'text'], { type: 'text/plain' }), 1));
    db.close();
    const rows = database.prepare('SELECT value FROM idb_record').pluck().all() as Buffer[];
    expect(rows[0]?.subarray(-9).toString()).toBe('some text');
  });

  it('come back as what they were, wherever in a value they lie, each once', async () => {
    const blob = new Blob([new Uint8Array([0, 255])], { type: 'a/b' });
    const file = new File(['content'], 'näme \ud800.txt', { type: 'c/d', lastModified: 123 });
    const clone = await roundTrip({
      list: [blob, file, blob],
      map: new Map<unknown, unknown>([[blob, new Set([file])]]),
      empty: new Blob([]),
      plain: { bytes: new Uint8Array([7]), when: new Date(5) },
    });
    const [first, second, third] = clone.list as [Blob, File, Blob];
    expect(third).toBe(first);
    expect([...clone.map.keys()][0]).toBe(first);
    expect([...([...clone.map.values()][0] as Set<unknown>)][0]).toBe(second);
    expect(first).not.toBeInstanceOf(File);
    expect([first.type, first.size, await first.bytes()]).toEqual([
      'a/b',
      2,
      new Uint8Array([0, 255]),
    ]);
    expect(second).toBeInstanceOf(File);
    expect([second.name, second.type, second.lastModified]).toEqual([file.name, 'c/d', 123]);
    expect(await second.text()).toBe('content');
    expect(clone.empty.size).toBe(0);
    expect(clone.plain).toEqual({ bytes: new Uint8Array([7]), when: new Date(5) });
  });

  it('hold back the requests behind them, and the commit, until they have been read', async () => {
    const { db, read } = await newStore();
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    const order: string[] = [];
    const blob = new Blob(['x'.repeat(100_000)]);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const arrayBuffer = () => released.then(() => Blob.prototype.arrayBuffer.call(blob));
    Object.defineProperty(blob, 'arrayBuffer', { value: arrayBuffer });
    store.put(blob, 1).onsuccess = () => order.push('blob');
    store.put('after', 2).onsuccess = () => order.push('after');
    transaction.commit();
    for (let turn = 0; turn < 10; turn += 1) await new Promise((next) => setImmediate(next));
    expect(order).toEqual([]);
    release();
    expect(await end(transaction)).toBe('complete');
    expect(order).toEqual(['blob', 'after']);
    expect(((await result(read().get(1))) as Blob).size).toBe(100_000);
  });

  it('are not written when the transaction aborts meanwhile', async () => {
    const { db, read } = await newStore();
    const transaction = db.transaction('s', 'readwrite');
    const request = transaction.objectStore('s').put(new Blob(['x']), 1);
    transaction.abort();
    await eventOf(request, 'error');
    expect(request.error?.name).toBe('AbortError');
    expect(await result(read().count())).toBe(0);
  });

  it('fail the request when they cannot be read', async () => {
    const { write } = await newStore();
    const blob = new Blob(['x']);
    Object.defineProperty(blob, 'arrayBuffer', { value: () => Promise.reject(new Error('gone')) });
    const request = write().put(blob, 1);
    await eventOf(request, 'error');
    expect(request.error?.name).toBe('NotReadableError');
  });

  it('take a generated key beside them, and are updated by a cursor', async () => {
    const { write, read } = await newStore({ keyPath: 'id', autoIncrement: true });
    await result(write().put({ blob: new Blob(['one']) }));
    const first = (await result(read().get(1))) as { id: number; blob: Blob };
    expect([first.id, await first.blob.text()]).toEqual([1, 'one']);
    const cursor = await new Promise<IDBCursorWithValue>((resolve) => {
      const request = write().openCursor();
      request.onsuccess = () => {
        if (request.result) resolve(request.result);
        request.result?.update({ id: 1, blob: new Blob(['two']) });
      };
    });
    await end((cursor.source as IDBObjectStore).transaction);
    const second = (await result(read().get(1))) as { blob: Blob };
    expect(await second.blob.text()).toBe('two');
  });

  it('have their size, type, name and date on key paths', async () => {
    const { indexedDB } = newIndexedDB();
    const paths = ['f.size', 'f.type', 'f.name', 'f.lastModified'];
    const db = await openDatabase(indexedDB, (fresh) => {
      const store = fresh.createObjectStore('s');
      for (const path of paths) store.createIndex(path, path);
    });
    const file = new File(['abc'], 'n.txt', { type: 'x/y', lastModified: 9 });
    await result(db.transaction('s', 'readwrite').objectStore('s').put({ f: file }, 1));
    const store = db.transaction('s').objectStore('s');
    const cursors = paths.map((path) => result(store.index(path).openKeyCursor()));
    const found = (await Promise.all(cursors)).map((cursor) => cursor?.key);
    expect(found).toEqual([3, 'x/y', 'n.txt', 9]);
  });
});

describe('a DataCloneError, and nothing stored, for', () => {
  const wasm = new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0]);
  it.each([
    ['a function', () => undefined],
    ['a symbol', Symbol('s')],
    ['the global object', globalThis],
    ['an event', new Event('x')],
    ['a message channel', new MessageChannel()],
    ['an abort controller', { deep: [new AbortController()] }],
    ['a key range', IDBKeyRange.only(1)],
    ['a proxy', new Proxy({}, {})],
    ['a promise', { a: Promise.resolve() }],
    ['shared memory', new SharedArrayBuffer(1)],
    ['a WebAssembly module', new WebAssembly.Module(wasm)],
  ])('%s', async (_name, value) => {
    expect(await refusalOf(value)).toBe('DataCloneError');
  });

  it('a CryptoKey', async () => {
    const algorithm = { name: 'AES-GCM', length: 128 };
    const key = await crypto.subtle.generateKey(algorithm, true, ['encrypt']);
    expect(await refusalOf({ key })).toBe('DataCloneError');
  });

  it('not for an instance of a class, which becomes a plain object', async () => {
    class Point {
      readonly x = 1;
      readonly nothing = {};
      get [Symbol.toStringTag](): string {
        return 'Point';
      }
    }
    const clone: object = await roundTrip(new Point());
    expect(Object.getPrototypeOf(clone)).toBe(Object.prototype);
    expect(clone).toEqual({ x: 1, nothing: {} });
  });
});

describe('getters', () => {
  it('run once while a value is cloned, in order, whatever else is in it', async () => {
    const calls: string[] = [];
    const value = {
      empty: {},
      get a() {
        return calls.push('a');
      },
      get b() {
        return calls.push('b');
      },
    };
    expect(await roundTrip(value)).toEqual({ empty: {}, a: 1, b: 2 });
    expect(calls).toEqual(['a', 'b']);
  });
});

describe('keys and values given back', () => {
  it('run no setter on a prototype', async () => {
    const { write } = await newStore();
    const key = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 'a string longer than ten'];
    const store = write();
    let calls = 0;
    let stored: unknown;
    Object.defineProperty(Object.prototype, '10', { configurable: true, set: () => (calls += 1) });
    try {
      stored = await result(store.put('value', key));
    } finally {
      delete (Object.prototype as Record<string, unknown>)['10'];
    }
    expect(stored).toEqual(key);
    expect(calls).toBe(0);
  });
});
