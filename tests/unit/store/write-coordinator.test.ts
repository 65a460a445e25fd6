/** How read/write transactions share the one that SQLite has. */
import fc from 'fast-check';
import Database from 'better-sqlite3-multiple-ciphers';
import { copyFileSync, existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createIndexedDB, holdBack, runBeside } from '../../../main/store/indexeddb';
import {
  WriteCoordinator,
  type Writer,
} from '../../../main/store/indexeddb/storage/write-coordinator';
import { end, newIndexedDB, openDatabase, result } from './support/indexeddb';
import { temporaryFolder } from './support/temporary-folder';

function setUp() {
  const database = new Database(':memory:');
  database.exec('CREATE TABLE t (owner INTEGER, n INTEGER, bytes BLOB)');
  const coordinator = new WriteCoordinator(database);
  const insert = database.prepare('INSERT INTO t VALUES (?, ?, ?)');
  const remove = database.prepare('DELETE FROM t WHERE owner = ? AND n = ?');
  const rows = (): unknown[] =>
    database.prepare('SELECT owner, n FROM t ORDER BY owner, n').raw().all();
  const put = (writer: Writer, owner: number, n: number, bytes = Buffer.alloc(0)): void => {
    coordinator.write(writer, insert, [owner, n, bytes]);
  };
  return { database, coordinator, insert, remove, rows, put };
}

describe('the write coordinator', () => {
  it('gives each transaction its own fate, whatever the order', () => {
    const step = fc.record({
      owner: fc.integer({ min: 0, max: 3 }),
      act: fc.constantFrom(
        ...(['write', 'write', 'write', 'undo last', 'commit', 'rollback', 'beside'] as const),
        ...(['hold back', 'commit held', 'drop held'] as const),
      ),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60, size: 'max' }), (steps) => {
        const { database, coordinator, insert, remove, rows, put } = setUp();
        const committed: [number, number][] = [];
        const open = new Map<number, { writer: Writer; mine: [number, number][]; from: number }>();
        let held: { owner: number; mine: [number, number][] }[] = [];
        const keepHeld = (): void => {
          committed.push(...held.flatMap(({ mine }) => mine));
          held = [];
        };
        let n = 0;
        for (const { owner, act } of steps) {
          n += 1;
          if (act === 'beside') {
            const row: [number, number] = [9, n];
            coordinator.runBeside(() => insert.run(...row, null));
            committed.push(row);
          } else if (act === 'commit held') {
            coordinator.commitHeld();
            keepHeld();
          } else if (act === 'drop held') {
            coordinator.dropHeld();
            held = [];
          } else {
            let entry = open.get(owner);
            if (!entry) {
              entry = { writer: coordinator.join(), mine: [], from: committed.length };
              open.set(owner, entry);
            }
            const { writer, mine } = entry;
            const last = mine.at(-1);
            if (act === 'write') {
              put(writer, owner, n);
              mine.push([owner, n]);
            } else if (act === 'undo last' && last) {
              coordinator.write(writer, remove, last);
              mine.pop();
            } else if (act === 'commit') {
              coordinator.commit(writer, new Set([owner]));
              if (writer.hasWritten && held.some((each) => each.owner === owner)) keepHeld();
              committed.push(...mine);
              open.delete(owner);
            } else if (act === 'hold back') {
              coordinator.holdBack(writer, new Set([owner]));
              if (writer.hasWritten) held.push({ owner, mine });
              open.delete(owner);
            } else if (act === 'rollback') {
              coordinator.rollback(writer);
              open.delete(owner);
            }
          }
          const unfinished = [...held, ...open.values()].flatMap(({ mine }) => mine);
          const visible = [...committed, ...unfinished];
          expect(rows()).toEqual(visible.toSorted(([a, b], [c, d]) => a - c || b - d));
        }
        for (const { writer } of open.values()) coordinator.rollback(writer);
        coordinator.dropHeld();
        expect(rows()).toEqual(committed.toSorted(([a, b], [c, d]) => a - c || b - d));
        expect(database.inTransaction).toBe(false);
        database.close();
      }),
      { numRuns: 200 },
    );
  });

  it('lets a transaction run alone once its writes are too many to keep', () => {
    const { coordinator, insert, rows, put } = setUp();
    const large = coordinator.join();
    expect(coordinator.admits).toBe(true);
    for (let n = 0; n < 20; n += 1) put(large, 1, n, Buffer.alloc(1024 * 1024));
    expect(coordinator.admits).toBe(false);
    expect(large.log).toBeNull();
    coordinator.runBeside(() => insert.run(2, 0, null));
    coordinator.rollback(large);
    expect(coordinator.admits).toBe(true);
    expect(rows()).toEqual([[2, 0]]);
  });

  it('keeps the writes of two that run side by side, however many', () => {
    const { coordinator, rows, put } = setUp();
    const [a, b] = [coordinator.join(), coordinator.join()];
    for (let n = 0; n < 20; n += 1) put(a, 1, n, Buffer.alloc(1024 * 1024));
    put(b, 2, 0);
    coordinator.commit(b);
    coordinator.rollback(a);
    expect(rows()).toEqual([[2, 0]]);
  });

  it('fails every transaction whose writes SQLite has lost', () => {
    const { database, coordinator, rows, put } = setUp();
    const [a, b] = [coordinator.join(), coordinator.join()];
    put(a, 1, 1);
    put(b, 2, 1);
    database.exec(
      "CREATE TEMP TRIGGER full BEFORE INSERT ON t WHEN NEW.n = 13 BEGIN SELECT raise(ROLLBACK, 'full'); END",
    );
    expect(() => put(a, 1, 13)).toThrow('full');
    expect(() => put(b, 2, 2)).toThrow('full');
    expect(() => coordinator.commit(a)).toThrow('full');
    expect(() => coordinator.commit(b)).toThrow('full');
    coordinator.rollback(a);
    coordinator.rollback(b);
    expect(rows()).toEqual([]);
    const next = coordinator.join();
    put(next, 3, 1);
    coordinator.commit(next);
    expect(rows()).toEqual([[3, 1]]);
  });
});

describe('a transaction that is held back', () => {
  const stores = ['s', 't', 'other'];
  const open = async () => {
    const file = join(temporaryFolder(), 'held.db');
    const database = new Database(file);
    const told: unknown[] = [];
    const indexedDB = createIndexedDB(database, { onStorageError: (error) => told.push(error) });
    const db = await openDatabase(indexedDB, (fresh) => {
      for (const name of stores) fresh.createObjectStore(name);
    });
    const put = async (names: readonly string[], key: number): Promise<string> => {
      const transaction = db.transaction(names, 'readwrite');
      for (const name of names) transaction.objectStore(name).put('x', key);
      return end(transaction);
    };
    /** Records in the file, as a process that ends now would leave it. */
    const onDisk = (): unknown => {
      const copy = join(temporaryFolder(), 'copy.db');
      for (const part of ['', '-wal']) {
        if (existsSync(file + part)) copyFileSync(file + part, copy + part);
      }
      const left = new Database(copy);
      const count = left.prepare('SELECT count(*) FROM idb_record').pluck().get();
      left.close();
      return count;
    };
    return { database, indexedDB, db, put, onDisk, told };
  };
  const held = new Set(['s', 't']);

  it('completes and is read, and is on the disk with the next that shares a store with it', async () => {
    const { indexedDB, db, put, onDisk } = await open();
    const holding = holdBack(indexedDB, held);
    expect(await put(['s', 't'], 1)).toBe('complete');
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(1);
    expect(onDisk()).toBe(0);
    expect(await put(['other'], 1)).toBe('complete');
    expect(onDisk()).toBe(1);
    expect(await put(['t', 'other'], 2)).toBe('complete');
    expect(onDisk()).toBe(5);
    holding.keep();
  });

  it('is on the disk when it is kept, and gone when it is dropped; then none is held back', async () => {
    const { indexedDB, db, put, onDisk } = await open();
    const first = holdBack(indexedDB, held);
    await put(['s'], 1);
    first.keep();
    expect(onDisk()).toBe(1);
    const second = holdBack(indexedDB, held);
    await put(['s'], 2);
    second.drop();
    await put(['s'], 3);
    expect(onDisk()).toBe(2);
    expect(await result(db.transaction('s').objectStore('s').getAllKeys())).toEqual([1, 3]);
  });

  it('is undone when it is held back for another, who is not disturbed by the first', async () => {
    const { indexedDB, put, onDisk } = await open();
    const first = holdBack(indexedDB, held);
    await put(['s'], 1);
    const second = holdBack(indexedDB, held);
    await put(['s'], 2);
    first.drop();
    first.keep();
    expect(onDisk()).toBe(0);
    second.keep();
    expect(onDisk()).toBe(1);
  });

  it('is told of where it can not be made permanent', async () => {
    const { database, indexedDB, db, put, told } = await open();
    const holding = holdBack(indexedDB, held);
    await put(['s'], 1);
    database.exec(
      "CREATE TEMP TRIGGER full BEFORE INSERT ON idb_record WHEN NEW.value IS NOT NULL BEGIN SELECT raise(ROLLBACK, 'full'); END",
    );
    expect(await put(['other'], 1)).toBe('abort');
    expect(() => holding.keep()).toThrow();
    expect(told.length).toBe(2);
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(0);
  });
});

describe('a transaction whose write fails', () => {
  it('aborts with the reason, whatever a listener prevents, and the next one works', async () => {
    const { indexedDB, database } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s'));
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages + 2}`);
    const transaction = db.transaction('s', 'readwrite');
    const store = transaction.objectStore('s');
    store.put('small', 1);
    const failing = store.put(new Uint8Array(100_000), 2);
    failing.onerror = (event) => event.preventDefault();
    expect(await end(transaction)).toBe('abort');
    expect(failing.error?.name).toBe('QuotaExceededError');
    expect(transaction.error?.name).toBe('QuotaExceededError');
    expect((transaction.error as Error & { cause: { code: string } }).cause.code).toBe(
      'SQLITE_FULL',
    );
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(0);
    database.pragma('max_page_count = 100000');
    const next = db.transaction('s', 'readwrite');
    next.objectStore('s').put(new Uint8Array(100_000), 2);
    expect(await end(next)).toBe('complete');
  });
});

describe('runBeside()', () => {
  it('outlasts the transaction beside which it ran', async () => {
    const { indexedDB, database } = newIndexedDB();
    database.exec('CREATE TABLE own (n)');
    const db = await openDatabase(indexedDB, (fresh) => fresh.createObjectStore('s'));
    const transaction = db.transaction('s', 'readwrite');
    await result(transaction.objectStore('s').put(1, 1));
    runBeside(indexedDB, () => database.exec('INSERT INTO own VALUES (1)'));
    transaction.abort();
    await end(transaction);
    expect(database.prepare('SELECT n FROM own').pluck().all()).toEqual([1]);
    expect(await result(db.transaction('s').objectStore('s').count())).toBe(0);
  });
});

describe('the durability hint', () => {
  it('of a strict transaction raises the level for its commit, beside others too', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE t (n)');
    database.pragma('synchronous = NORMAL');
    const coordinator = new WriteCoordinator(database);
    const insert = database.prepare('INSERT INTO t VALUES (?)');
    const level = (): unknown => database.pragma('synchronous', { simple: true });
    const strict = coordinator.join('strict');
    coordinator.write(strict, insert, [1]);
    expect(level()).toBe(2);
    coordinator.commit(strict);
    const [relaxed, other] = [coordinator.join('relaxed'), coordinator.join('strict')];
    coordinator.write(relaxed, insert, [2]);
    expect(level()).toBe(1);
    coordinator.write(other, insert, [3]);
    coordinator.commit(other);
    expect(level()).toBe(1);
    coordinator.commit(relaxed);
    expect(database.prepare('SELECT n FROM t ORDER BY n').pluck().all()).toEqual([1, 2, 3]);
  });
});
