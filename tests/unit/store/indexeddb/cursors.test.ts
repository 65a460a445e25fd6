/** Sections 2.10, 4.9, 6.7: cursors. */
import { describe, expect, it } from 'vitest';
import { IDBCursor, IDBCursorWithValue, IDBKeyRange } from '../../../../main/store/indexeddb';
import {
  end,
  eventOf,
  newIndexedDB,
  openDatabase,
  result,
  thrownName,
  walk,
} from '../support/indexeddb';

// Index keys and primary keys: two records each under a and b, one under c.
const RECORDS = [
  [1, 'a'],
  [2, 'b'],
  [3, 'a'],
  [4, 'c'],
  [5, 'b'],
] as const;

async function filled(): Promise<IDBDatabase> {
  return openDatabase(newIndexedDB().indexedDB, (db) => {
    const store = db.createObjectStore('s');
    store.createIndex('i', 'k');
    for (const [id, k] of RECORDS) store.put({ k, id }, id);
  });
}

const storeOf = (db: IDBDatabase, mode: IDBTransactionMode = 'readonly'): IDBObjectStore =>
  db.transaction('s', mode).objectStore('s');

const range = (from: unknown, to: unknown, fromOpen = false, toOpen = false) =>
  IDBKeyRange.bound(from, to, fromOpen, toOpen) as unknown as globalThis.IDBKeyRange;

describe('a cursor', () => {
  it.each([
    ['next', [1, 2, 3, 4, 5], [1, 3, 2, 5, 4]],
    ['nextunique', [1, 2, 3, 4, 5], [1, 2, 4]],
    ['prev', [5, 4, 3, 2, 1], [4, 5, 2, 3, 1]],
    ['prevunique', [5, 4, 3, 2, 1], [4, 2, 1]],
  ] as const)('goes %s', async (direction, inStore, inIndex) => {
    const store = storeOf(await filled());
    const keys = async (request: IDBRequest<IDBCursor | null>): Promise<unknown[]> =>
      (await walk(request as never)).map(({ primaryKey }) => primaryKey);
    expect(await keys(store.openCursor(null, direction) as never)).toEqual(inStore);
    expect(await keys(store.index('i').openCursor(null, direction) as never)).toEqual(inIndex);
    expect(await keys(store.index('i').openKeyCursor(null, direction) as never)).toEqual(inIndex);
  });

  it('keeps to its range', async () => {
    const store = storeOf(await filled());
    const keys = async (request: unknown): Promise<unknown[]> =>
      (await walk(request as never)).map(({ primaryKey }) => primaryKey);
    expect(await keys(store.openCursor(range(2, 4, true)))).toEqual([3, 4]);
    expect(await keys(store.openCursor(range(2, 4, false, true), 'prev'))).toEqual([3, 2]);
    expect(await keys(store.index('i').openCursor('b', 'prev'))).toEqual([5, 2]);
    expect(await keys(store.index('i').openCursor(range('a', 'c', true, true)))).toEqual([2, 5]);
    expect(await keys(store.openCursor('none'))).toEqual([]);
  });

  it('shows its record', async () => {
    const store = storeOf(await filled());
    const index = store.index('i');
    const request = index.openCursor('c');
    const cursor = (await result(request))!;
    expect(cursor).toBeInstanceOf(IDBCursorWithValue);
    expect(cursor).toBeInstanceOf(IDBCursor);
    expect(cursor.source).toBe(index);
    expect(cursor.request).toBe(request);
    expect(cursor).toMatchObject({ key: 'c', primaryKey: 4, direction: 'next' });
    expect(cursor.value).toBe(cursor.value);
    expect(cursor.value).toEqual({ k: 'c', id: 4 });
    const keyCursor = await result(store.openKeyCursor());
    expect(keyCursor).not.toBeInstanceOf(IDBCursorWithValue);
    expect('value' in keyCursor!).toBe(false);
  });

  it('is the same object at each step, and keeps what it showed until the next', async () => {
    const store = storeOf(await filled());
    const request = store.openCursor();
    const first = (await result(request))!;
    const { key } = first;
    first.continue();
    expect(request.readyState).toBe('pending');
    expect(thrownName(() => request.result)).toBe('InvalidStateError');
    expect([first.key, first.value]).toEqual([key, { k: 'a', id: 1 }]);
    await eventOf(request, 'success');
    expect(request.result).toBe(first);
    expect(first.key).toBe(2);
    first.advance(100);
    await eventOf(request, 'success');
    expect(request.result).toBeNull();
    expect([first.key, first.primaryKey, first.value]).toEqual([undefined, undefined, undefined]);
    expect(thrownName(() => first.continue())).toBe('InvalidStateError');
  });

  it('advances, and continues to a key', async () => {
    const db = await filled();
    const trace = async (
      request: unknown,
      step: (cursor: globalThis.IDBCursor) => void,
    ): Promise<unknown[]> =>
      (await walk(request as never, step as never)).map(({ primaryKey }) => primaryKey);
    const store = storeOf(db);
    const index = store.index('i');
    expect(await trace(store.openCursor(), (cursor) => cursor.advance(2))).toEqual([1, 3, 5]);
    expect(await trace(index.openCursor(null, 'prevunique'), (c) => c.advance(2))).toEqual([4, 1]);
    expect(
      await trace(store.openCursor(), (c) => (c.primaryKey === 1 ? c.continue(3.5) : c.continue())),
    ).toEqual([1, 4, 5]);
    expect(
      await trace(index.openCursor(null, 'prev'), (c) => c.continue(c.key === 'c' ? 'a' : '!')),
    ).toEqual([4, 3]);
    const pair = (cursor: globalThis.IDBCursor): void =>
      cursor.primaryKey === 1 ? cursor.continuePrimaryKey('b', 3) : cursor.continue();
    expect(await trace(index.openCursor(), pair)).toEqual([1, 5, 4]);
    const back = (cursor: globalThis.IDBCursor): void =>
      cursor.primaryKey === 4 ? cursor.continuePrimaryKey('b', 4) : cursor.continue();
    expect(await trace(index.openCursor(null, 'prev'), back)).toEqual([4, 2, 3, 1]);
  });

  it('refuses what does not lead ahead', async () => {
    const store = storeOf(await filled(), 'readwrite');
    const index = store.index('i');
    const cursor = (await result(store.openCursor(2)))!;
    expect(thrownName(() => cursor.continue(2))).toBe('DataError');
    expect(thrownName(() => cursor.continue({} as never))).toBe('DataError');
    expect(thrownName(() => cursor.advance(0))).toBe('TypeError');
    expect(thrownName(() => cursor.advance(-1))).toBe('TypeError');
    expect(thrownName(() => cursor.continuePrimaryKey(3, 3))).toBe('InvalidAccessError');
    const backwards = (await result(store.openCursor(2, 'prev')))!;
    expect(thrownName(() => backwards.continue(2))).toBe('DataError');
    const unique = (await result(index.openCursor(null, 'nextunique')))!;
    expect(thrownName(() => unique.continuePrimaryKey('b', 1))).toBe('InvalidAccessError');
    const inIndex = (await result(index.openCursor('b')))!;
    expect(thrownName(() => inIndex.continuePrimaryKey('a', 9))).toBe('DataError');
    expect(thrownName(() => inIndex.continuePrimaryKey('b', 2))).toBe('DataError');
    expect(thrownName(() => inIndex.continuePrimaryKey(null as never, 2))).toBe('DataError');
    expect(thrownName(() => store.openCursor(null, 'sideways' as 'next'))).toBe('TypeError');
    expect(thrownName(() => store.openCursor({} as never))).toBe('DataError');
    inIndex.continue();
    expect(thrownName(() => inIndex.continue())).toBe('InvalidStateError');
    expect(thrownName(() => inIndex.update({}))).toBe('InvalidStateError');
    await end(store.transaction);
    expect(thrownName(() => cursor.continue())).toBe('TransactionInactiveError');
    expect(thrownName(() => cursor.advance(1))).toBe('TransactionInactiveError');
  });

  it('updates and deletes its record', async () => {
    const db = await filled();
    const index = storeOf(db, 'readwrite').index('i');
    const request = index.openCursor('b');
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      if (cursor.primaryKey === 2) {
        const update = cursor.update({ k: 'z', id: 2 });
        expect(update.source).toBe(cursor);
        update.onsuccess = () => expect(update.result).toBe(2);
      } else {
        cursor.delete();
      }
      cursor.continue();
    };
    await end(index.objectStore.transaction);
    expect(await result(storeOf(db).index('i').getAllKeys())).toEqual([1, 3, 4, 2]);
    expect(await result(storeOf(db).getAllKeys())).toEqual([1, 2, 3, 4]);
  });

  it('refuses to update where the specification refuses', async () => {
    const db = await openDatabase(newIndexedDB().indexedDB, (fresh) => {
      fresh.createObjectStore('s', { keyPath: 'id' }).put({ id: 1 });
    });
    const reader = (await result(storeOf(db).openCursor()))!;
    expect(thrownName(() => reader.update({ id: 1 }))).toBe('ReadOnlyError');
    expect(thrownName(() => reader.delete())).toBe('ReadOnlyError');
    const store = storeOf(db, 'readwrite');
    const keyCursor = (await result(store.openKeyCursor()))!;
    expect(thrownName(() => keyCursor.update({ id: 1 }))).toBe('InvalidStateError');
    expect(thrownName(() => keyCursor.delete())).toBe('InvalidStateError');
    const cursor = (await result(store.openCursor()))!;
    expect(thrownName(() => cursor.update({ id: 2 }))).toBe('DataError');
    expect(thrownName(() => cursor.update({}))).toBe('DataError');
    expect(thrownName(() => cursor.update(() => 1))).toBe('DataCloneError');
    await result(cursor.delete());
    expect(await result(cursor.update({ id: 1, again: true }))).toBe(1);
    expect(await result(store.getAll())).toEqual([{ id: 1, again: true }]);
  });

  it('sees what its transaction writes ahead of it', async () => {
    const db = await openDatabase(newIndexedDB().indexedDB, (fresh) => {
      const store = fresh.createObjectStore('s');
      for (let i = 0; i < 100; i += 1) store.put(i, i);
    });
    const store = storeOf(db, 'readwrite');
    const rows = await walk(store.openCursor() as never, (cursor: globalThis.IDBCursor) => {
      if (cursor.key === 20) {
        store.delete(22);
        store.put('changed', 23);
        store.put('new', 23.5);
        store.clear().onsuccess = () => undefined;
        store.put('last', 90);
      }
      cursor.continue();
    });
    const after = rows.filter(({ key }) => Number(key) > 19);
    expect(after.map(({ key, value }) => [key, value])).toEqual([
      [20, 20],
      [90, 'last'],
    ]);
  });

  it('reads lazily: opening one on many records reads few', async () => {
    const { indexedDB, database } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => {
      const store = fresh.createObjectStore('s');
      for (let i = 0; i < 2000; i += 1) store.put(new Uint8Array(1000), i);
    });
    const before = process.memoryUsage().arrayBuffers;
    await result(storeOf(db).openCursor());
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(500_000);
    expect(database.prepare('SELECT count(*) FROM idb_record').pluck().get()).toBe(2000);
  });

  it('is refused when its store or index is gone', async () => {
    const { indexedDB } = newIndexedDB();
    await new Promise<void>((resolve) => {
      const request = indexedDB.open('db', 1);
      request.onupgradeneeded = () => {
        const store = request.result.createObjectStore('s');
        store.createIndex('i', 'k');
        store.put({ k: 1 }, 1);
        const open = store.index('i').openCursor();
        open.onsuccess = () => {
          const cursor = open.result!;
          store.deleteIndex('i');
          expect(thrownName(() => cursor.continue())).toBe('InvalidStateError');
          expect(thrownName(() => cursor.update({}))).toBe('InvalidStateError');
          expect(thrownName(() => cursor.delete())).toBe('InvalidStateError');
          resolve();
        };
      };
    });
  });
});
