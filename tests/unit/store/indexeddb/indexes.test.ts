/** Sections 2.6, 4.5, 4.6, 6.3: indexes. */
import { describe, expect, it } from 'vitest';
import { end, newIndexedDB, openDatabase, result, thrownName, walk } from '../support/indexeddb';

const PEOPLE = [
  { id: 1, name: 'Ada', city: 'London', tags: ['maths', 'poetry'] },
  { id: 2, name: 'Grace', city: 'New York', tags: ['navy', 'maths', 'maths'] },
  { id: 3, name: 'Ada', city: 'Paris', tags: 'music' },
  { id: 4, name: 'Emmy', tags: [null, 'maths', {}] },
  { id: 5, name: 7, city: 'Paris' },
];

async function people(parameters: IDBIndexParameters = {}): Promise<IDBDatabase> {
  return openDatabase(newIndexedDB().indexedDB, (db) => {
    const store = db.createObjectStore('people', { keyPath: 'id' });
    for (const person of PEOPLE.slice(0, 2)) store.put(person);
    store.createIndex('name', 'name', parameters);
    store.createIndex('tags', 'tags', { multiEntry: true });
    store.createIndex('whole tags', 'tags');
    store.createIndex('both', ['name', 'city']);
    for (const person of PEOPLE.slice(2)) store.put(person);
  });
}

const open = (db: IDBDatabase, index: string, mode: IDBTransactionMode = 'readonly'): IDBIndex =>
  db.transaction('people', mode).objectStore('people').index(index);

describe('an index', () => {
  it('lists records by key, then primary key, whether stored before or after it was made', async () => {
    const db = await people();
    const rows = await walk(open(db, 'name').openKeyCursor());
    expect(rows.map(({ key, primaryKey }) => [key, primaryKey])).toEqual([
      [7, 5],
      ['Ada', 1],
      ['Ada', 3],
      ['Emmy', 4],
      ['Grace', 2],
    ]);
  });

  it('leaves out what has no valid key', async () => {
    const db = await people();
    expect(await result(open(db, 'both').getAllKeys())).toEqual([5, 1, 3, 2]);
    expect(await result(open(db, 'whole tags').getAllKeys())).toEqual([3, 1, 2]);
  });

  it('with multiEntry lists each valid, different member', async () => {
    const db = await people();
    const rows = await walk(open(db, 'tags').openKeyCursor());
    expect(rows.map(({ key, primaryKey }) => [key, primaryKey])).toEqual([
      ['maths', 1],
      ['maths', 2],
      ['maths', 4],
      ['music', 3],
      ['navy', 2],
      ['poetry', 1],
    ]);
  });

  it('gives values, primary keys and records', async () => {
    const db = await people();
    expect(await result(open(db, 'name').get('Ada'))).toEqual(PEOPLE[0]);
    expect(await result(open(db, 'name').getKey('Grace'))).toBe(2);
    expect(await result(open(db, 'name').get('None'))).toBeUndefined();
    expect(await result(open(db, 'name').getAll('Ada'))).toEqual([PEOPLE[0], PEOPLE[2]]);
    expect(await result(open(db, 'name').getAllKeys('Ada', 1))).toEqual([1]);
    expect(await result(open(db, 'name').count('Ada'))).toBe(2);
    expect(await result(open(db, 'name').count())).toBe(5);
    const index = open(db, 'name') as unknown as {
      getAllRecords: (options: object) => IDBRequest<unknown[]>;
      getAllKeys: (options: object) => IDBRequest<unknown[]>;
    };
    expect(await result(index.getAllRecords({ query: 'Grace' }))).toMatchObject([
      { key: 'Grace', primaryKey: 2, value: PEOPLE[1] },
    ]);
    const ordered = async (direction: string): Promise<unknown[]> =>
      result((open(db, 'name') as unknown as typeof index).getAllKeys({ direction, count: 3 }));
    expect(await ordered('next')).toEqual([5, 1, 3]);
    expect(await ordered('nextunique')).toEqual([5, 1, 4]);
    expect(await ordered('prev')).toEqual([2, 4, 3]);
    expect(await ordered('prevunique')).toEqual([2, 4, 1]);
  });

  it('follows changes and deletions', async () => {
    const db = await people();
    const store = db.transaction('people', 'readwrite').objectStore('people');
    store.put({ id: 1, name: 'Augusta', tags: ['maths', 'engines'] });
    store.delete(2);
    expect(await result(store.index('name').getAllKeys())).toEqual([5, 3, 1, 4]);
    expect(await result(store.index('tags').getAllKeys('maths'))).toEqual([1, 4]);
    expect(await result(store.index('tags').getAllKeys('engines'))).toEqual([1]);
    expect(await result(store.index('both').getAllKeys())).toEqual([5, 3]);
    await result(store.clear());
    expect(await result(store.index('tags').count())).toBe(0);
  });

  it('that is unique refuses a second record with a key, and only that', async () => {
    const db = await openDatabase(newIndexedDB().indexedDB, (fresh) => {
      const store = fresh.createObjectStore('people', { keyPath: 'id' });
      store.createIndex('name', 'name', { unique: true });
      store.createIndex('tags', 'tags', { unique: true, multiEntry: true });
      store.put({ id: 1, name: 'a', tags: ['x', 'y', 'x'] });
    });
    const store = db.transaction('people', 'readwrite').objectStore('people');
    expect(store.index('name').unique).toBe(true);
    for (const value of [
      { id: 2, name: 'a' },
      { id: 2, name: 'b', tags: ['z', 'y'] },
      { id: 2, name: 'b', tags: 'x' },
    ]) {
      await expect(result(store.put(value))).rejects.toMatchObject({ name: 'ConstraintError' });
    }
    expect(await result(store.index('name').count())).toBe(1);
    expect(await result(store.index('tags').count())).toBe(2);
    await result(store.put({ id: 1, name: 'a', tags: ['y'] }));
    await result(store.put({ id: 2, name: 'b', tags: 'x' }));
    expect(await result(store.index('tags').getAllKeys())).toEqual([2, 1]);
  });
});

describe('createIndex(), deleteIndex() and index()', () => {
  it('check their arguments', async () => {
    await openDatabase(newIndexedDB().indexedDB, (db) => {
      const store = db.createObjectStore('s');
      const index = store.createIndex('i', 'a');
      expect(store.index('i')).toBe(index);
      expect(index.objectStore).toBe(store);
      expect(index).toMatchObject({ name: 'i', keyPath: 'a', unique: false, multiEntry: false });
      const list = { multiEntry: true };
      expect(thrownName(() => store.createIndex('i', ''))).toBe('ConstraintError');
      expect(thrownName(() => store.createIndex('i', 'a b'))).toBe('ConstraintError');
      expect(thrownName(() => store.createIndex('j', 'a b'))).toBe('SyntaxError');
      expect(thrownName(() => store.createIndex('j', []))).toBe('SyntaxError');
      expect(thrownName(() => store.createIndex('j', ['a'], list))).toBe('InvalidAccessError');
      expect(thrownName(() => store.deleteIndex('j'))).toBe('NotFoundError');
      expect(thrownName(() => store.index('j'))).toBe('NotFoundError');
      expect([...store.indexNames]).toEqual(['i']);
      store.deleteIndex('i');
      expect(store.indexNames.length).toBe(0);
      expect(thrownName(() => index.get(1))).toBe('InvalidStateError');
      expect(thrownName(() => (index.name = 'x'))).toBe('InvalidStateError');
      db.deleteObjectStore('s');
      expect(thrownName(() => store.createIndex('k', 'a'))).toBe('InvalidStateError');
    });
    const db = await people();
    const store = db.transaction('people').objectStore('people');
    expect(thrownName(() => store.createIndex('x', 'x'))).toBe('InvalidStateError');
    expect(thrownName(() => store.deleteIndex('name'))).toBe('InvalidStateError');
    expect(thrownName(() => (store.index('name').name = 'x'))).toBe('InvalidStateError');
    await end(store.transaction);
    expect(thrownName(() => store.index('name'))).toBe('InvalidStateError');
  });

  it('abort the upgrade later when the records break the new index', async () => {
    const { indexedDB } = newIndexedDB();
    const request = indexedDB.open('db', 1);
    const log: string[] = [];
    let transaction: IDBTransaction | undefined;
    request.onupgradeneeded = () => {
      transaction = request.transaction!;
      const store = request.result.createObjectStore('s');
      store.put({ a: 1 }, 1).onsuccess = () => log.push('first');
      store.put({ a: 1 }, 2).onsuccess = () => log.push('second');
      store.createIndex('i', 'a', { unique: true });
      store.put({ a: 1 }, 3).onerror = () => log.push('third fails');
    };
    await expect(result(request)).rejects.toMatchObject({ name: 'AbortError' });
    expect(transaction?.error?.name).toBe('ConstraintError');
    expect(log).toEqual(['first', 'second', 'third fails']);
  });

  it('rename an index in an upgrade', async () => {
    const { indexedDB } = newIndexedDB();
    (
      await openDatabase(indexedDB, (db) => {
        const store = db.createObjectStore('s');
        store.createIndex('old', 'a');
        store.createIndex('other', 'a');
        store.put({ a: 'x' }, 1);
      })
    ).close();
    const db = await openDatabase(
      indexedDB,
      (_db, transaction) => {
        const store = transaction.objectStore('s');
        const index = store.index('old');
        expect(thrownName(() => (index.name = 'other'))).toBe('ConstraintError');
        index.name = 'new';
        expect(store.index('new')).toBe(index);
        expect([...store.indexNames]).toEqual(['new', 'other']);
      },
      { version: 2 },
    );
    const store = db.transaction('s').objectStore('s');
    expect(await result(store.index('new').getKey('x'))).toBe(1);
    expect(thrownName(() => store.index('old'))).toBe('NotFoundError');
  });

  it('fill an index on 1,000 records that were there', async () => {
    const { indexedDB } = newIndexedDB();
    (
      await openDatabase(indexedDB, (db) => {
        const store = db.createObjectStore('s');
        for (let i = 0; i < 1000; i += 1) store.put({ n: i % 10 }, i);
      })
    ).close();
    const db = await openDatabase(
      indexedDB,
      (_db, transaction) => void transaction.objectStore('s').createIndex('n', 'n'),
      { version: 2 },
    );
    const index = db.transaction('s').objectStore('s').index('n');
    expect(await result(index.count(3))).toBe(100);
    expect(await result(index.count())).toBe(1000);
  });
});
