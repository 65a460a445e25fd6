/** Values and stores far larger than what the process may hold of them, on disk as the app keeps them. */
import type Database from 'better-sqlite3-multiple-ciphers';
import { createHash, randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterEach, expect, it } from 'vitest';
import {
  IDBKeyRange as KeyRange,
  closeIndexedDB,
  createIndexedDB,
} from '../../../main/store/indexeddb';
import { encodeKey } from '../../../main/store/indexeddb/keys/encode-key';
import { serializeValue } from '../../../main/store/indexeddb/values/structured-clone';
import { openDatabase as openFile } from '../../../main/store/open-database';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { end, openDatabase, result, walk } from './support/indexeddb';
import { temporaryFolder } from './support/temporary-folder';

const KEY = randomBytes(32);
const MB = 1024 * 1024;

let store: ProfileStore | null = null;
afterEach(() => store?.close());

function start(folder: string): IDBFactory {
  store?.close();
  store = openProfileStore(folder, KEY);
  return store.cache.indexedDB;
}

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** What the process holds, in MB, without what it no longer uses. */
function heldMB(): number {
  collectGarbage();
  return process.memoryUsage().rss / MB;
}

/** Records 0 to `count`, each listed under its last digit. */
function fillDirectly(database: Database, count: number): void {
  const add = database.prepare('INSERT INTO idb_record SELECT ?, id, ?, ? FROM idb_store');
  const list = database.prepare('INSERT INTO idb_entry SELECT id, ?, ?, ? FROM idb_index');
  const values = Array.from({ length: 10 }, (_, group) => serializeValue({ group }).bytes);
  const keyOf = (n: number): Buffer => encodeKey(n) as Buffer;
  database.exec('BEGIN');
  for (let n = 0; n < count; n += 1) add.run(n + 1, keyOf(n), values[n % 10]);
  for (let group = 0; group < 10; group += 1) {
    for (let n = group; n < count; n += 10) list.run(keyOf(group), keyOf(n), n + 1);
  }
  database.exec('COMMIT');
}

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

it('values of 10 MB and more come back whole, after a restart and beside small ones', async () => {
  const folder = temporaryFolder();
  const sizes = [10, 25, 1].map((mb) => mb * MB + 7);
  const values = sizes.map((size) => new Uint8Array(randomBytes(size)));
  const text = 'ä\u{1f511}'.repeat(2 * MB);
  const first = await openDatabase(start(folder), (fresh) => {
    fresh.createObjectStore('s').createIndex('kind', 'kind');
  });
  const transaction = first.transaction('s', 'readwrite');
  values.forEach((bytes, n) => transaction.objectStore('s').put({ kind: n % 2, bytes }, n));
  transaction.objectStore('s').put({ kind: 0, text }, 'text');
  expect(await end(transaction)).toBe('complete');

  const db = await openDatabase(start(folder));
  const objectStore = db.transaction('s').objectStore('s');
  for (const [n, bytes] of values.entries()) {
    const read = await result(objectStore.get(n) as IDBRequest<{ bytes: Uint8Array }>);
    expect(digest(read.bytes)).toBe(digest(bytes));
  }
  const byKind = objectStore.index('kind').getAll(0) as IDBRequest<{ text?: string }[]>;
  expect((await result(byKind)).at(-1)?.text === text).toBe(true);
  const replace = db.transaction('s', 'readwrite');
  replace.objectStore('s').put({ kind: 1, bytes: new Uint8Array(3) }, 1);
  replace.objectStore('s').delete(0);
  await end(replace);
  expect(await result(db.transaction('s').objectStore('s').getAllKeys())).toEqual([1, 2, 'text']);
});

it('a cursor over a store of 100 MB holds a few of its records, and so does an abort', async () => {
  const folder = temporaryFolder();
  const db = await openDatabase(start(folder), (fresh) => fresh.createObjectStore('s'));
  const records = 200;
  const value = new Uint8Array(randomBytes(MB / 2));
  const fill = async (how: 'complete' | 'abort', count: number): Promise<void> => {
    for (let n = 0; n < count; n += 50) {
      const transaction = db.transaction('s', 'readwrite');
      for (let i = n; i < n + 50; i += 1) {
        value[0] = i % 256;
        await result(transaction.objectStore('s').put(value, i));
      }
      const ended = end(transaction);
      if (how === 'abort') transaction.abort();
      expect(await ended).toBe(how);
    }
  };
  await fill('complete', records);
  const before = heldMB();
  let most = before;
  let count = 0;
  const request = db.transaction('s').objectStore('s').openCursor();
  await new Promise<void>((done, failed) => {
    request.onerror = () => failed(request.error!);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) {
        done();
        return;
      }
      expect((cursor.value as Uint8Array)[0]).toBe(count % 256);
      count += 1;
      // What is held counts, not what waits to be collected.
      if (count % 20 === 0) collectGarbage();
      most = Math.max(most, process.memoryUsage().rss / MB);
      cursor.continue();
    };
  });
  expect(count).toBe(records);
  expect(most - before).toBeLessThan(60);
  await fill('abort', 50);
  expect(heldMB() - before).toBeLessThan(80);
});

it(
  'a million records are counted, read and deleted with bounded memory',
  { timeout: 90_000 },
  async () => {
    const file = join(temporaryFolder(), 'million.db');
    const options = { applicationId: 1, durability: 'normal', migrations: [] } as const;
    const records = 1_000_000;
    const database = openFile(file, KEY, options);
    const indexedDB = createIndexedDB(database);
    const db = await openDatabase(indexedDB, (fresh) => {
      fresh.createObjectStore('s').createIndex('group', 'group');
    });
    // Through the API it would take the suite half a minute.
    fillDirectly(database, records);
    const before = heldMB();

    const objectStore = (): IDBObjectStore => db.transaction('s', 'readwrite').objectStore('s');
    const from = (n: number): IDBKeyRange => KeyRange.lowerBound(n);
    expect(await result(objectStore().count())).toBe(records);
    expect(await result(objectStore().get(765_432))).toEqual({ group: 2 });
    expect(await result(objectStore().getAllKeys(from(records - 3)))).toEqual([
      999_997, 999_998, 999_999,
    ]);
    expect(await result(objectStore().index('group').count(4))).toBe(records / 10);
    expect(await result(objectStore().index('group').getAllKeys(9, 2))).toEqual([9, 19]);
    const seen = await walk(objectStore().index('group').openKeyCursor(5), (cursor) => {
      const at = Number(cursor.primaryKey);
      // 5,000 by and by, and then in two leaps to the last.
      if (at < 50_000) cursor.continue();
      else cursor.advance(at < 900_000 ? 94_998 : 1);
    });
    expect(seen).toHaveLength(5_003);
    expect(seen.at(-1)?.primaryKey).toBe(999_995);
    const transaction = db.transaction('s', 'readwrite');
    transaction.objectStore('s').delete(from(900_000));
    expect(await end(transaction)).toBe('complete');
    expect(await result(objectStore().index('group').count(4))).toBe(90_000);
    // The file has 170 MB, the records as objects would take twice as much.
    expect(heldMB() - before).toBeLessThan(200);
    db.close();
    closeIndexedDB(indexedDB);
    database.close();
  },
);
