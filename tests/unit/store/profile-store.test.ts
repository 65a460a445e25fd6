import { hkdfSync, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import Database from 'better-sqlite3-multiple-ciphers';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openDatabase as openFile } from '../../../main/store/open-database';
import { lockProfile } from '../../../main/store/profile-lock';
import {
  openProfileStore,
  profileStoreExists,
  type ProfileStore,
} from '../../../main/store/profile-store';
import { quarantine } from '../../../main/store/quarantine';
import { StoreError } from '../../../main/store/store-error';
import { end, openDatabase, result } from './support/indexeddb';
import { startProfileProcess } from './support/profile-process';
import { temporaryFolder } from './support/temporary-folder';

const KEY = randomBytes(32);
const MARKER = 'a marker that must not be readable';

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
  return new Map(
    readdirSync(folder)
      .toSorted()
      .map((name) => [name, readFileSync(join(folder, name))]),
  );
}

async function put(store: ProfileStore, part: 'crypto' | 'cache', value: unknown): Promise<void> {
  const db = await openDatabase(store[part].indexedDB, (fresh) => fresh.createObjectStore('s'));
  const transaction = db.transaction('s', 'readwrite');
  transaction.objectStore('s').put(value, 1);
  await end(transaction);
  db.close();
}

async function get(store: ProfileStore, part: 'crypto' | 'cache'): Promise<unknown> {
  const db = await openDatabase(store[part].indexedDB, (fresh) => fresh.createObjectStore('s'));
  const value: unknown = await result(db.transaction('s').objectStore('s').get(1));
  db.close();
  return value;
}

/** A closed profile with a value in each database. */
async function profile(value: unknown = MARKER): Promise<string> {
  const folder = temporaryFolder();
  const store = openProfileStore(folder, KEY);
  await put(store, 'crypto', value);
  await put(store, 'cache', value);
  store.crypto.records.set('session', { value: MARKER });
  store.close();
  return folder;
}

function overwrite(file: string, at: number, length: number): void {
  const bytes = readFileSync(file);
  randomBytes(length).copy(bytes, at);
  writeFileSync(file, bytes);
}

function flip(file: string, at: number): void {
  const bytes = readFileSync(file);
  bytes[at]! ^= 1;
  writeFileSync(file, bytes);
}

describe('a profile store', () => {
  it('is made in an empty profile, and keeps what it was given', async () => {
    const folder = temporaryFolder();
    expect(await profileStoreExists(folder)).toBe(false);
    const store = openProfileStore(folder, KEY);
    await put(store, 'crypto', { secret: 1 });
    store.crypto.records.set('session', { token: 'x', list: [1] });
    store.crypto.records.set('gone', 1);
    store.crypto.records.delete('gone');
    store.cache.records.set('session', null);
    store.close();
    expect(await profileStoreExists(folder)).toBe(true);
    const again = openProfileStore(folder, KEY);
    expect(await get(again, 'crypto')).toEqual({ secret: 1 });
    expect(await get(again, 'cache')).toBeUndefined();
    expect(again.crypto.records.get('session')).toEqual({ token: 'x', list: [1] });
    expect(again.crypto.records.get('gone')).toBeUndefined();
    expect(again.cache.records.get('session')).toBeNull();
    expect(again.quarantinedCache).toBeNull();
    again.close();
  });

  it('leaves nothing readable on disk, open or closed', async () => {
    const folder = temporaryFolder();
    const store = openProfileStore(folder, KEY);
    await put(store, 'crypto', { [MARKER]: MARKER });
    await put(store, 'cache', MARKER);
    store.crypto.records.set(MARKER, MARKER);
    const check = (): void => {
      for (const [name, bytes] of contents(folder)) {
        for (const encoding of ['utf8', 'utf16le'] as const) {
          expect(bytes.includes(Buffer.from(MARKER, encoding)), name).toBe(false);
        }
        expect(bytes.includes(KEY), name).toBe(false);
        expect(bytes.includes('SQLite format'), name).toBe(false);
        expect(bytes.includes('idb_record'), name).toBe(false);
      }
    };
    expect([...contents(folder).keys()]).toContain('crypto.db-wal');
    check();
    store.close();
    check();
  });

  it('can be read by its owner alone', async () => {
    const folder = await profile();
    const store = openProfileStore(folder, KEY);
    await put(store, 'crypto', 2);
    for (const name of readdirSync(folder).filter((entry) => entry.includes('.db'))) {
      expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0);
    }
    store.close();
  });

  it('refuses a wrong key and changes nothing', async () => {
    const folder = await profile();
    const before = contents(folder);
    expect(reasonOf(() => openProfileStore(folder, randomBytes(32)))).toBe('wrong_key');
    expect(contents(folder)).toEqual(before);
    expect(await get(openProfileStore(folder, KEY), 'crypto')).toBe(MARKER);
  });

  it('refuses a wrong key, and keeps a write-ahead log that holds commits', async () => {
    const folder = temporaryFolder();
    const writer = startProfileProcess(folder, KEY);
    await writer.line('wrote 20');
    await writer.kill();
    const before = contents(folder);
    expect(before.get('crypto.db-wal')?.length).toBeGreaterThan(0);
    expect(reasonOf(() => openProfileStore(folder, randomBytes(32)))).toBe('wrong_key');
    expect(contents(folder)).toEqual(before);
    const store = openProfileStore(folder, KEY);
    expect(Number(store.crypto.records.get('n'))).toBeGreaterThanOrEqual(20);
    store.close();
  });

  it('refuses a key of another length', () => {
    expect(() =>
      openFile(join(temporaryFolder(), 'x.db'), randomBytes(31), {
        applicationId: 1,
        migrations: [],
        durability: 'full',
      }),
    ).toThrow(RangeError);
  });

  it('takes a damaged first page beside a sound cache for damage, and leaves it as it is', async () => {
    const folder = await profile();
    overwrite(join(folder, 'crypto.db'), 0, 4096);
    const before = contents(folder);
    expect(reasonOf(() => openProfileStore(folder, KEY))).toBe('damaged');
    expect(contents(folder)).toEqual(before);
  });

  it('notices a truncated crypto database, and leaves it as it is', async () => {
    const folder = await profile(new Uint8Array(200_000));
    const file = join(folder, 'crypto.db');
    truncateSync(file, 3 * 4096);
    const before = readFileSync(file);
    expect(reasonOf(() => openProfileStore(folder, KEY))).toBe('damaged');
    expect(readFileSync(file)).toEqual(before);
  });

  it('never begins a new crypto database where one was', async () => {
    const folder = await profile();
    truncateSync(join(folder, 'crypto.db'), 0);
    expect(reasonOf(() => openProfileStore(folder, KEY))).toBe('damaged');
  });

  it('notices a changed page when it is read', async () => {
    const folder = await profile(randomBytes(400_000));
    flip(join(folder, 'crypto.db'), 20 * 4096 + 100);
    let failure: unknown;
    try {
      const store = openProfileStore(folder, KEY);
      await get(store, 'crypto').catch((error: unknown) => (failure = error));
      store.close();
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeDefined();
  });

  it.each(['its first page', 'its length', 'everything'])(
    'puts a cache with damage to %s aside and begins a new one',
    async (what) => {
      const folder = await profile(new Uint8Array(200_000));
      const file = join(folder, 'cache.db');
      if (what === 'its first page') overwrite(file, 0, 4096);
      if (what === 'its length') truncateSync(file, 5000);
      if (what === 'everything') writeFileSync(file, 'not a database');
      const damaged = readFileSync(file);
      const store = openProfileStore(folder, KEY);
      expect(store.quarantinedCache).toContain('cache.db.damaged-');
      expect(readFileSync(store.quarantinedCache!)).toEqual(damaged);
      expect(await get(store, 'cache')).toBeUndefined();
      expect(await get(store, 'crypto')).toBeInstanceOf(Uint8Array);
      store.close();
    },
  );
});

describe('the profile lock', () => {
  it('keeps a second opener out, in this process and in another', async () => {
    const folder = temporaryFolder();
    const lock = lockProfile(folder);
    expect(reasonOf(() => lockProfile(folder))).toBe('in_use');
    const other = startProfileProcess(folder, KEY);
    expect(await other.line('failed')).toBe('failed in_use');
    await other.kill();
    lock.release();
    lockProfile(folder).release();
  });

  it('is free again when its process was killed, and no commit is torn or lost', async () => {
    const folder = temporaryFolder();
    const other = startProfileProcess(folder, KEY);
    await other.line('wrote 5');
    expect(reasonOf(() => openProfileStore(folder, KEY))).toBe('in_use');
    const written = Number((await other.kill()).split(' ')[1]);
    const store = openProfileStore(folder, KEY);
    const db = await openDatabase(store.crypto.indexedDB, undefined, { name: 'kill' });
    const objectStore = db.transaction('s').objectStore('s');
    const [first, second] = await result(objectStore.getAll() as IDBRequest<number[]>);
    expect(first).toBe(second);
    expect(first).toBeGreaterThanOrEqual(written);
    expect(store.crypto.records.get('n')).toBeGreaterThanOrEqual(written);
    store.close();
  });
});

describe('a database that another process has open', () => {
  it.each(['crypto.db', 'cache.db'])(
    'is refused though the profile lock is gone: %s',
    async (name) => {
      const folder = temporaryFolder();
      const other = startProfileProcess(folder, KEY);
      await other.line('wrote 2');
      const own = new Uint8Array(hkdfSync('sha256', KEY, '', `holdfast ${name} v1`, 32));
      const open = (): Database =>
        openFile(join(folder, name), own, {
          applicationId: name === 'crypto.db' ? 0x4846_4b31 : 0x4846_4331,
          migrations: ['', ''],
          durability: 'full',
        });
      expect(reasonOf(open)).toBe('in_use');
      await other.kill();
      open().close();
      const store = openProfileStore(folder, KEY);
      expect(store.quarantinedCache).toBeNull();
      expect(Number(store.crypto.records.get('n'))).toBeGreaterThanOrEqual(2);
      store.close();
    },
  );

  it('is opened by one of several that try at once', async () => {
    const folder = await profile();
    const others = [1, 2, 3].map(() => startProfileProcess(folder, KEY));
    const outcomes = await Promise.all(
      others.map((other) => Promise.race([other.line('wrote 1'), other.line('failed')])),
    );
    expect(outcomes.toSorted()).toEqual(['failed in_use', 'failed in_use', 'wrote 1']);
    for (const other of others) await other.kill();
    openProfileStore(folder, KEY).close();
  });
});

describe('quarantine()', () => {
  it('renames a database with what lies beside it, and never onto another file', () => {
    const folder = temporaryFolder();
    const now = new Date('2026-01-02T03:04:05.678Z');
    const names: string[] = [];
    for (const round of ['one', 'two']) {
      writeFileSync(join(folder, 'x.db'), round);
      writeFileSync(join(folder, 'x.db-wal'), `${round} log`);
      names.push(quarantine(folder, 'x.db', now));
    }
    expect(names[0]).toBe(join(folder, 'x.db.damaged-20260102T030405678Z'));
    expect(new Set(names).size).toBe(2);
    expect(names.map((name) => readFileSync(name, 'utf8'))).toEqual(['one', 'two']);
    expect(names.map((name) => readFileSync(`${name}-wal`, 'utf8'))).toEqual([
      'one log',
      'two log',
    ]);
    expect(existsSync(join(folder, 'x.db'))).toBe(false);
  });
});

describe('openDatabase()', () => {
  it('says read_only where it may not write, and io where there is no folder', () => {
    const options = { applicationId: 1, migrations: [], durability: 'full' } as const;
    expect(reasonOf(() => openFile('/no/such/folder/x.db', KEY, options))).toBe('io');
    expect(reasonOf(() => openFile('/proc/x.db', KEY, options))).toBeOneOf(['read_only', 'io']);
  });

  it('keeps another connection out while it is open', async () => {
    const folder = await profile();
    const store = openProfileStore(folder, KEY);
    const options = {
      applicationId: 0x4846_4b31,
      migrations: ['', ''],
      durability: 'full',
    } as const;
    expect(reasonOf(() => openFile(join(folder, 'crypto.db'), KEY, options))).toBeOneOf([
      'in_use',
      'wrong_key',
    ]);
    store.close();
    mkdirSync(join(folder, 'copy'));
    copyFileSync(join(folder, 'crypto.db'), join(folder, 'copy', 'crypto.db'));
    expect(() => new Database(join(folder, 'copy', 'crypto.db')).pragma('user_version')).toThrow();
  });
});
