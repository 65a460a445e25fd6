/** Index entries are written in any order and read in theirs, whatever else is under way. */
import Database from 'better-sqlite3-multiple-ciphers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodeKey } from '../../../main/store/indexeddb/keys/encode-key';
import { AFTER_ALL, BEFORE_ALL, type Key } from '../../../main/store/indexeddb/keys/key';
import { IndexEntries } from '../../../main/store/indexeddb/storage/index-entries';
import { Storage, type Row } from '../../../main/store/indexeddb/storage/storage';
import {
  WriteCoordinator,
  type Writer,
} from '../../../main/store/indexeddb/storage/write-coordinator';
import { end, newIndexedDB, openDatabase, result, walk } from './support/indexeddb';

const OWNERS = 2;
const key = (n: number): Key => encodeKey(n) as Key;
const bound = (at: Key): { key: Key; primaryKey: Key } => ({ key: at, primaryKey: BEFORE_ALL });
const everything = { lower: BEFORE_ALL, upper: AFTER_ALL };

const disk = { isFull: false };

/** The parts as an engine puts them together, on a database whose entries can be made to fail. */
function setUp(database = new Database(':memory:')) {
  const storage = new Storage(database);
  const coordinator = new WriteCoordinator(database);
  const entries = new IndexEntries(database, coordinator, { rows: 12, bytes: 1000 });
  // No table: what is written to one would be rolled back with the transactions under test.
  const { function: define } = database as unknown as {
    function: (name: string, call: () => number) => void;
  };
  define.call(database, 'disk_is_full', () => Number(disk.isFull));
  database.exec(`
    CREATE TEMP TRIGGER IF NOT EXISTS full BEFORE INSERT ON idb_entry
      WHEN disk_is_full() BEGIN SELECT raise(ABORT, 'full'); END;
  `);
  return { database, storage, coordinator, entries };
}

const text = ({ key: k, primaryKey }: Row): string =>
  Buffer.concat([k, primaryKey]).toString('hex');

/** Checks what a reader, or a transaction of its own, sees of an index. */
function expectIndex(
  { storage, entries }: ReturnType<typeof setUp>,
  writer: Writer | null,
  index: number,
  model: ReadonlySet<string>,
): void {
  const isSorted = entries.prepareToRead(writer);
  const from = { index, isSorted };
  const [first, last] = [bound(BEFORE_ALL), bound(AFTER_ALL)];
  const expected = [...model]
    .filter((entry) => entry.startsWith(`${index}:`))
    .map((entry) => entry.slice(entry.indexOf(':') + 1))
    .toSorted();
  expect(storage.scanIndex(from, first, last, false, true, 99).map(text)).toEqual(expected);
  const backwards = storage.scanIndex(from, first, last, true, false, 99).map(text);
  expect(backwards).toEqual(expected.toReversed());
  expect(storage.scanIndex(from, first, last, false, false, 2, 1).map(text)).toEqual(
    expected.slice(1, 3),
  );
  expect(storage.countEntries(index, everything, isSorted)).toBe(expected.length);
}

const step = fc.record({
  owner: fc.nat(OWNERS - 1),
  act: fc.constantFrom(
    ...['add', 'add', 'add', 'add', 'remove', 'read', 'look', 'clear', 'go alone'],
    ...['commit', 'commit', 'roll back', 'restart', 'disk full', 'disk free'],
  ),
  unique: fc.boolean(),
  k: fc.nat(2),
  primaryKey: fc.nat(3),
});

describe('index entries', () => {
  it('are read in order and complete, whatever was written, undone or could not be sorted', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80, size: 'max' }), (steps) => {
        disk.isFull = false;
        let parts = setUp();
        const { database } = parts;
        let committed = new Set<string>();
        const open = new Map<number, { writer: Writer; own: Set<string> }>();
        const isOwn = (entry: string, owner: number): boolean =>
          Number(entry.split(':')[0]) >> 1 === owner;
        const join = (owner: number): { writer: Writer; own: Set<string> } | undefined => {
          const known = open.get(owner);
          if (known || !parts.coordinator.admits) return known;
          const own = new Set([...committed].filter((entry) => isOwn(entry, owner)));
          const entry = { writer: parts.coordinator.join(), own };
          open.set(owner, entry);
          return entry;
        };
        const act = (
          { owner, act: what, unique, k, primaryKey }: (typeof steps)[number],
          { writer, own }: { writer: Writer; own: Set<string> },
        ): void => {
          // Its writes could not be repeated on the full disk: a transaction looks before it goes on.
          if (writer.failure !== null) throw writer.failure;
          const index = owner * 2 + Number(unique);
          const entry = `${index}:${Buffer.concat([key(k), key(primaryKey)]).toString('hex')}`;
          if (what === 'add' && !own.has(entry)) {
            const place = { index, isUnique: unique, key: key(k), primaryKey: key(primaryKey) };
            parts.entries.add(writer, { ...place, record: 1 });
            own.add(entry);
          } else if (what === 'remove') {
            parts.entries.remove(writer, index, unique, key(k), key(primaryKey));
            own.delete(entry);
          } else if (what === 'read') {
            expectIndex(parts, writer, index, own);
          } else if (what === 'clear') {
            parts.coordinator.write(writer, parts.storage.writes.clearIndex, [index]);
            for (const each of own) if (each.startsWith(`${index}:`)) own.delete(each);
          } else if (what === 'go alone' && open.size === 1) {
            writer.log = null;
          } else if (what === 'commit') {
            parts.coordinator.commit(writer);
            const others = [...committed].filter((each) => !isOwn(each, owner));
            committed = new Set([...others, ...own]);
            open.delete(owner);
          } else if (what === 'roll back') {
            parts.coordinator.rollback(writer);
            open.delete(owner);
          }
        };
        for (const each of steps) {
          const { owner, act: what, unique } = each;
          if (what === 'disk full') disk.isFull = true;
          else if (what === 'disk free') disk.isFull = false;
          else if (what === 'restart') {
            for (const { writer } of open.values()) parts.coordinator.rollback(writer);
            open.clear();
            parts = setUp(database);
          } else if (what === 'look') {
            if (!open.has(owner)) expectIndex(parts, null, owner * 2 + Number(unique), committed);
          } else {
            const mine = join(owner);
            try {
              if (mine) act(each, mine);
            } catch (error) {
              if (!(error instanceof Error) || error.message !== 'full') throw error;
              if (mine) parts.coordinator.rollback(mine.writer);
              open.delete(owner);
            }
          }
        }
        for (const { writer } of open.values()) parts.coordinator.rollback(writer);
        for (let index = 0; index < OWNERS * 2; index += 1) {
          expectIndex(parts, null, index, committed);
        }
        database.close();
        disk.isFull = false;
      }),
      { numRuns: 300 },
    );
  });

  it('of many records are sorted together, and no longer lie unsorted then', () => {
    const { database, coordinator, entries } = setUp();
    const unsorted = (): unknown =>
      database.prepare('SELECT count(*) FROM idb_unsorted').pluck().get();
    const writer = coordinator.join();
    const add = (n: number): void => {
      entries.add(writer, {
        index: 1,
        isUnique: false,
        key: key(n % 3),
        primaryKey: key(-n),
        record: n,
      });
    };
    for (let n = 0; n < 12; n += 1) add(n);
    expect(unsorted()).toBe(12);
    add(12);
    expect(unsorted()).toBe(0);
    coordinator.commit(writer);
    expect(database.prepare('SELECT count(*) FROM idb_entry').pluck().get()).toBe(13);
  });

  it('are read on a full disk', async () => {
    const { indexedDB, database } = newIndexedDB();
    const db = await openDatabase(indexedDB, (fresh) => {
      const store = fresh.createObjectStore('s');
      store.createIndex('group', 'group');
    });
    const transaction = db.transaction('s', 'readwrite');
    const records = 3000;
    for (let n = 0; n < records; n += 1) {
      transaction.objectStore('s').put({ group: n % 7, n }, (n * 37) % records);
    }
    await end(transaction);
    const pages = Number(database.pragma('page_count', { simple: true }));
    database.pragma(`max_page_count = ${pages}`);
    const read = async (): Promise<unknown> => {
      const index = (): IDBIndex => db.transaction('s').objectStore('s').index('group');
      return {
        all: await result(index().getAllKeys()),
        of3: await result(index().count(3)),
        last: await walk(index().openKeyCursor(null, 'prevunique')),
        values: await result(index().getAll(3, 20)),
        first: await result(index().get(2)),
      };
    };
    const whileFull = await read();
    const unsorted = database.prepare('SELECT count(*) FROM idb_unsorted').pluck();
    expect(unsorted.get()).toBe(records);
    database.pragma('max_page_count = 1000000');
    const next = db.transaction('s', 'readwrite');
    next.objectStore('s').put({}, 'no entry');
    await end(next);
    expect(await read()).toEqual(whileFull);
    expect(unsorted.get()).toBe(0);
    db.close();
  });
});
