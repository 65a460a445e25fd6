/** What becomes of files of earlier and later versions, and of migrations that fail. */
import Database from 'better-sqlite3-multiple-ciphers';
import { hkdfSync, randomBytes } from 'node:crypto';
import { copyFileSync, readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LAYOUT_VERSION, prepareIndexedDB } from '../../../main/store/indexeddb';
import { openDatabase, type Migration } from '../../../main/store/open-database';
import { openProfileStore } from '../../../main/store/profile-store';
import { StoreError } from '../../../main/store/store-error';
import { expectedProfile, fillProfile, readProfile } from './support/full-profile';
import { temporaryFolder } from './support/temporary-folder';

const VERSION_1 = join(import.meta.dirname, 'fixtures/version-1');
const KEY = randomBytes(32);
const APPLICATION = { applicationId: 5, durability: 'full' } as const;

interface Fixture {
  readonly folder: string;
  readonly storeKey: Buffer;
  readonly device: string;
}

/** A copy of the store that version 1 wrote. */
function version1(): Fixture {
  const folder = temporaryFolder();
  for (const name of ['crypto.db', 'cache.db']) {
    copyFileSync(join(VERSION_1, name), join(folder, name));
  }
  const made = JSON.parse(readFileSync(join(VERSION_1, 'store.json'), 'utf8')) as {
    storeKey: string;
    device: string;
  };
  return { folder, storeKey: Buffer.from(made.storeKey, 'hex'), device: made.device };
}

function open(file: string, migrations: readonly Migration[]): Database {
  return openDatabase(file, KEY, { ...APPLICATION, migrations });
}

/** Runs statements on one of a profile's files, as a program whose schema has `version`. */
function runOn(file: string, storeKey: Uint8Array, version: number, statements: string): void {
  const name = basename(file);
  const key = new Uint8Array(hkdfSync('sha256', storeKey, '', `holdfast ${name} v1`, 32));
  const applicationId = name === 'crypto.db' ? 0x4846_4b31 : 0x4846_4331;
  const migrations = Array.from({ length: version }, () => '');
  const database = openDatabase(file, key, { applicationId, durability: 'full', migrations });
  database.exec(statements);
  database.close();
}

function reasonOf(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    expect(error).toBeInstanceOf(StoreError);
    return (error as StoreError).reason;
  }
  return 'none';
}

function contents(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => name.includes('.db'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

function tables(database: Database): unknown[] {
  return database
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
    .pluck()
    .all();
}

describe('a store of an earlier version', () => {
  it('is taken to the present one with everything in it', async () => {
    const { folder, storeKey, device } = version1();
    for (let opening = 1; opening <= 2; opening += 1) {
      const store = openProfileStore(folder, storeKey);
      expect(store.quarantinedCache).toBeNull();
      expect(await readProfile(store)).toEqual(expectedProfile(device));
      store.close();
    }
  });

  it('holds the same as one of the present version', async () => {
    const folder = temporaryFolder();
    const store = openProfileStore(folder, KEY);
    const device = await fillProfile(store);
    expect(await readProfile(store)).toEqual(expectedProfile(device));
    store.close();
    const again = openProfileStore(folder, KEY);
    expect(await readProfile(again)).toEqual(expectedProfile(device));
    again.close();
  });

  it('counts a version up with the IndexedDB tables: an earlier program then changes nothing', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'x.db');
    const migrations = ['CREATE TABLE record (key)', prepareIndexedDB];
    const database = open(file, migrations);
    expect(database.pragma('user_version', { simple: true })).toBe(LAYOUT_VERSION);
    database.close();
    const before = contents(folder);
    expect(reasonOf(() => open(file, migrations.slice(0, 1)))).toBe('newer_version');
    expect(contents(folder)).toEqual(before);
  });
});

describe('a migration that fails', () => {
  it('leaves the file as it was, with the steps before it', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'x.db');
    const first = 'CREATE TABLE a (x); INSERT INTO a VALUES (randomblob(100000))';
    open(file, [first]).close();
    const before = contents(folder);
    const large = 'CREATE TABLE b AS SELECT randomblob(30000000) AS x';
    const failing: Migration[] = [
      'SELECT no_such_column',
      () => {
        throw new Error('a step that throws');
      },
    ];
    for (const step of failing) {
      expect(reasonOf(() => open(file, [first, large, step]))).toBe('io');
      expect(contents(folder)).toEqual(before);
    }
    const database = open(file, [first, 'CREATE TABLE c (x)', 'CREATE TABLE d (x)']);
    expect(tables(database)).toEqual(['a', 'c', 'd']);
    expect(database.pragma('user_version', { simple: true })).toBe(3);
    database.close();
  });

  it('leaves a store of version 1 as it was, and the next opening goes on', async () => {
    const { folder, storeKey, device } = version1();
    const file = join(folder, 'crypto.db');
    // In the way of the step to version 2.
    runOn(file, storeKey, 1, 'CREATE TABLE idb_unsorted (in_the_way)');
    const before = contents(folder);
    expect(reasonOf(() => openProfileStore(folder, storeKey))).toBe('io');
    expect(contents(folder)).toEqual(before);
    runOn(file, storeKey, 1, 'DROP TABLE idb_unsorted');
    const store = openProfileStore(folder, storeKey);
    expect(await readProfile(store)).toEqual(expectedProfile(device));
    store.close();
  });

  it('of the IndexedDB tables alone leaves them as they were', () => {
    const database = new Database(':memory:');
    database.exec('CREATE TABLE idb_unsorted (in_the_way)');
    expect(() => prepareIndexedDB(database)).toThrow('idb_unsorted');
    expect(database.inTransaction).toBe(false);
    expect(tables(database)).toEqual(['idb_unsorted']);
  });
});

describe('a store of a later version', () => {
  it('is refused, and not a byte of it is written', () => {
    const folder = temporaryFolder();
    const file = join(folder, 'x.db');
    const later = Array.from({ length: 9 }, (_, i) => `CREATE TABLE later_${i} (x)`);
    open(file, later).close();
    const before = contents(folder);
    expect(reasonOf(() => open(file, later.slice(0, 8)))).toBe('newer_version');
    expect(contents(folder)).toEqual(before);
    const another = { ...APPLICATION, applicationId: 9, migrations: later };
    expect(reasonOf(() => openDatabase(file, KEY, another))).toBe('damaged');
    expect(contents(folder)).toEqual(before);
  });

  it.each(['crypto.db', 'cache.db'])('is refused by its %s alone', async (name) => {
    const folder = temporaryFolder();
    const store = openProfileStore(folder, KEY);
    await fillProfile(store);
    store.close();
    runOn(join(folder, name), KEY, LAYOUT_VERSION + 1, '');
    const before = contents(folder);
    expect(reasonOf(() => openProfileStore(folder, KEY))).toBe('newer_version');
    expect(contents(folder)).toEqual(before);
  });

  it('is refused by the version of the IndexedDB tables, too', () => {
    const database = new Database(':memory:');
    prepareIndexedDB(database);
    database.prepare('UPDATE idb_layout SET version = ?').run(LAYOUT_VERSION + 1);
    expect(() => prepareIndexedDB(database)).toThrow(RangeError);
  });
});
