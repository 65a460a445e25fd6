import { readdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { StoreError } from '../../../main/store/store-error';
import { connectTo, databaseKey, openStore, profileIntegrity } from '../support/profile';
import {
  copyOf,
  fingerprint,
  keptProfile,
  readKeys,
  someKeys,
  spoil,
  temporaryFolder,
  writeKeys,
} from './kept-profile';

const PAGE = 4096;
const LOG_HEADER = 32;
const FRAME = 24 + PAGE;

/** What came of opening a profile and reading all its keys. */
async function readAll(folder: string): Promise<number[] | { readonly failed: string }> {
  try {
    const store = openStore(folder);
    try {
      return await readKeys(store, 'crypto');
    } finally {
      store.close();
    }
  } catch (error) {
    if (error instanceof StoreError) return { failed: error.reason };
    const cause: unknown = error instanceof Error ? error.cause : null;
    return {
      failed: cause instanceof Error && 'code' in cause ? String(cause.code) : String(error),
    };
  }
}

function spoilPage(folder: string, name: string, page: number): void {
  const file = join(folder, name);
  const bytes = readFileSync(file);
  spoil(bytes, page * PAGE + 500, 1);
  writeFileSync(file, bytes);
}

const pagesOf = (folder: string, name: string): number[] =>
  Array.from({ length: readFileSync(join(folder, name)).length / PAGE }, (_, page) => page);

describe('a damaged crypto database', () => {
  it('is noticed whichever page it is, never gives wrong keys, and stays as it was', async () => {
    const profile = await keptProfile();
    const outcomes: string[] = [];
    for (const page of pagesOf(profile, 'crypto.db')) {
      const folder = copyOf(profile);
      spoilPage(folder, 'crypto.db', page);
      const before = fingerprint(folder);
      const found = await readAll(folder);
      if (Array.isArray(found)) {
        // A free page: nothing that is kept lies in it.
        expect(found).toEqual(someKeys);
        outcomes.push('free');
      } else {
        expect(found.failed).toMatch(/^damaged$|^SQLITE_CORRUPT|^SQLITE_NOTADB|^SQLITE_IOERR/);
        outcomes.push('noticed');
      }
      expect(fingerprint(folder)['crypto.db']).toBe(before['crypto.db']);
    }
    expect(outcomes[0]).toBe('noticed');
    expect(outcomes.filter((outcome) => outcome === 'noticed').length).toBeGreaterThan(15);
    expect(outcomes).toContain('free');
  });

  it('with damaged free pages loses no key when it is written to', async () => {
    const profile = await keptProfile();
    for (const page of pagesOf(profile, 'crypto.db')) {
      const folder = copyOf(profile);
      spoilPage(folder, 'crypto.db', page);
      if (!Array.isArray(await readAll(folder))) continue;
      const store = openStore(folder);
      const more = someKeys.map((n) => n + 50);
      const written = await writeKeys(store, 'crypto', more).then(
        () => true,
        () => false,
      );
      store.close();
      expect(await readAll(folder)).toEqual(written ? [...someKeys, ...more] : someKeys);
    }
  });

  it.each(['zeroed', 'emptied'])('that was %s is named damaged and left as it is', async (how) => {
    const folder = await keptProfile();
    const file = join(folder, 'crypto.db');
    const { length } = readFileSync(file);
    writeFileSync(file, Buffer.alloc(how === 'zeroed' ? length : 0));
    const before = fingerprint(folder);
    expect(await readAll(folder)).toEqual({ failed: 'damaged' });
    expect(fingerprint(folder)).toEqual(before);
  });

  it('cut off after any page is noticed, or has lost free pages only', async () => {
    const profile = await keptProfile();
    const noticed: boolean[] = [];
    for (const page of pagesOf(profile, 'crypto.db').slice(1)) {
      const folder = copyOf(profile);
      truncateSync(join(folder, 'crypto.db'), page * PAGE);
      const found = await readAll(folder);
      noticed.push(!Array.isArray(found));
      if (Array.isArray(found)) expect(found).toEqual(someKeys);
    }
    expect(noticed[0]).toBe(true);
  });
});

describe('a damaged cache', () => {
  it('never keeps the keys from being read, whichever page it is', async () => {
    const profile = await keptProfile();
    const aside: boolean[] = [];
    for (const page of pagesOf(profile, 'cache.db')) {
      const folder = copyOf(profile);
      spoilPage(folder, 'cache.db', page);
      const damaged = readFileSync(join(folder, 'cache.db'));
      const store = openStore(folder);
      aside.push(store.quarantinedCache !== null);
      expect(await readKeys(store, 'crypto')).toEqual(someKeys);
      if (store.quarantinedCache !== null) {
        expect(readFileSync(store.quarantinedCache).equals(damaged)).toBe(true);
      }
      store.close();
    }
    expect(aside[0]).toBe(true);
  });

  it('that shows it only while it is read is put aside, too, and new from the next start', async () => {
    const profile = await keptProfile();
    let asideLater = 0;
    for (const page of pagesOf(profile, 'cache.db')) {
      const folder = copyOf(profile);
      spoilPage(folder, 'cache.db', page);
      const store = openStore(folder);
      const readable = await readKeys(store, 'cache').then(
        () => true,
        () => false,
      );
      store.close();
      if (readable) continue;
      const again = openStore(folder);
      if (store.quarantinedCache === null) asideLater += 1;
      expect(readdirSync(folder).some((name) => name.startsWith('cache.db.damaged-'))).toBe(true);
      await writeKeys(again, 'cache', [1]);
      expect(await readKeys(again, 'cache')).toEqual([1]);
      expect(await readKeys(again, 'crypto')).toEqual(someKeys);
      again.close();
    }
    expect(asideLater).toBeGreaterThan(5);
  });

  it('that was zeroed is put aside, and a new one begun', async () => {
    const folder = await keptProfile();
    writeFileSync(join(folder, 'cache.db'), Buffer.alloc(40_960));
    const store = openStore(folder);
    expect(store.quarantinedCache).toContain('cache.db.damaged-');
    await writeKeys(store, 'cache', [1]);
    store.close();
    expect(await readAll(folder)).toEqual(someKeys);
    expect(profileIntegrity(folder)).toEqual([]);
  });
});

describe('a write-ahead log', () => {
  const BATCHES = 6;
  const batch = (n: number): number[] => [n * 3, n * 3 + 1, n * 3 + 2];

  /** A profile as a crash leaves it: its last transactions are in the log alone. */
  async function crashed(): Promise<string> {
    const folder = temporaryFolder();
    const store = openStore(folder);
    for (let n = 0; n < BATCHES; n += 1) await writeKeys(store, 'crypto', batch(n));
    const copy = copyOf(folder);
    store.close();
    return copy;
  }

  /** What is found must be what some number of whole transactions left. */
  async function wholeBatches(folder: string): Promise<number> {
    const found = await readAll(folder);
    if (!Array.isArray(found)) throw new Error(`Not readable: ${found.failed}`);
    const count = found.length / 3;
    expect(found).toEqual(Array.from({ length: count }, (_, n) => batch(n)).flat());
    expect(profileIntegrity(folder)).toEqual([]);
    return count;
  }

  it('cut off at or inside any frame gives whole transactions, in order', async () => {
    const profile = await crashed();
    const { length } = readFileSync(join(profile, 'crypto.db-wal'));
    const counts: number[] = [];
    for (let at = LOG_HEADER; at <= length; at += FRAME) {
      for (const cut of [at, at + 10, at + 2000].filter((each) => each <= length)) {
        const folder = copyOf(profile);
        truncateSync(join(folder, 'crypto.db-wal'), cut);
        counts.push(await wholeBatches(folder).catch(() => -1));
      }
    }
    // Before the tables are in the file, there is nothing to be read yet.
    expect(counts.filter((count) => count === -1)).toEqual([]);
    expect(counts).toEqual(counts.toSorted((a, b) => a - b));
    expect(counts.at(-1)).toBe(BATCHES);
  });

  it('with a damaged frame gives the whole transactions before it', async () => {
    const profile = await crashed();
    const log = readFileSync(join(profile, 'crypto.db-wal'));
    for (let at = LOG_HEADER; at < log.length; at += FRAME) {
      const folder = copyOf(profile);
      const bytes = Buffer.from(log);
      spoil(bytes, at + 1000, 4);
      writeFileSync(join(folder, 'crypto.db-wal'), bytes);
      await wholeBatches(folder);
    }
  });

  it('of zeros is passed over, and what the file holds is found', async () => {
    const folder = await keptProfile();
    writeFileSync(join(folder, 'crypto.db-wal'), Buffer.alloc(LOG_HEADER + 3 * FRAME));
    expect(await readAll(folder)).toEqual(someKeys);
    expect(profileIntegrity(folder)).toEqual([]);
  });
});

describe('a store of a newer version', () => {
  it.each([
    ['its tables', 'PRAGMA user_version = 99'],
    ['its IndexedDB', 'UPDATE idb_layout SET version = 99'],
  ])('is refused for %s, and not a byte is written', async (_, change) => {
    const folder = await keptProfile();
    const database = connectTo(join(folder, 'crypto.db'), databaseKey('crypto.db'));
    database.exec(change);
    database.close();
    const before = fingerprint(folder);
    expect(await readAll(folder)).toEqual({ failed: 'newer_version' });
    expect(fingerprint(folder)).toEqual(before);
    expect(readdirSync(folder).filter((name) => name.includes('damaged'))).toEqual([]);
  });
});
