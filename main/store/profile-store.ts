import type Database from 'better-sqlite3-multiple-ciphers';
import { hkdfSync } from 'node:crypto';
import { join } from 'node:path';
import { closeIndexedDB, createIndexedDB, prepareIndexedDB } from './indexeddb';
import { KEY_VALUE_SCHEMA, openKeyValueTable, type KeyValueTable } from './key-value-table';
import {
  openDatabase,
  opensWithKey,
  sizeOf,
  type DatabaseOptions,
  type Migration,
} from './open-database';
import { lockProfile } from './profile-lock';
import { quarantine } from './quarantine';
import { storageProblem, StoreError, toStoreError } from './store-error';

export type { KeyValueTable } from './key-value-table';

const CRYPTO_FILE = 'crypto.db';
const CACHE_FILE = 'cache.db';

/** The databases of a profile. */
export const storeFileNames = [CRYPTO_FILE, CACHE_FILE] as const;

/**
 * Both files' schema. The tables of IndexedDB have a version of their own, and a step here for each:
 * an earlier program must refuse the file before it has written anything.
 */
const MIGRATIONS: readonly Migration[] = [KEY_VALUE_SCHEMA, prepareIndexedDB];
const CRYPTO_OPTIONS: DatabaseOptions = {
  applicationId: 0x48464b31,
  migrations: MIGRATIONS,
  durability: 'full',
};
const CACHE_OPTIONS: DatabaseOptions = {
  applicationId: 0x48464331,
  migrations: MIGRATIONS,
  durability: 'normal',
};

/** One database of the profile, as the engine uses it. */
export interface StoreDatabase {
  readonly indexedDB: IDBFactory;
  readonly records: KeyValueTable;
}

export interface ProfileStore {
  /** Keys and what else must never be lost: a finished transaction survives a power cut. */
  readonly crypto: StoreDatabase;
  /** What the server can give again. */
  readonly cache: StoreDatabase;
  /** The profile's folder. */
  readonly dir: string;
  /** For encrypted copies of what the store holds that lie beside it; wiped when it is closed. */
  readonly snapshotKey: Uint8Array;
  /** Where a damaged cache was put aside while opening, or null. */
  readonly quarantinedCache: string | null;
  /** Aborts what is unfinished and closes both databases; puts a cache that was damaged aside. */
  close(): void;
}

export interface ProfileStoreOptions {
  /** Told at once when an open database can't be read or written, before whoever used it is. */
  readonly onStorageError?: (database: 'crypto' | 'cache', problem: StoreError) => void;
}

/** Whether the profile has a database: then a new store key must never be made for it. */
export async function profileStoreExists(profileDir: string): Promise<boolean> {
  return sizeOf(join(profileDir, CRYPTO_FILE)) > 0 || sizeOf(join(profileDir, CACHE_FILE)) > 0;
}

/**
 * Opens a profile's databases with its 32-byte store key, or creates them in an empty profile. A
 * damaged cache is put aside and begun anew; a damaged crypto database is left as it is.
 *
 * @throws StoreError with the databases closed and the lock released
 */
export function openProfileStore(
  profileDir: string,
  storeKey: Uint8Array,
  options: ProfileStoreOptions = {},
): ProfileStore {
  const lock = lockProfile(profileDir);
  const opened: OpenDatabase[] = [];
  try {
    const told = options.onStorageError;
    const crypto = open(
      () => openCrypto(profileDir, storeKey),
      CRYPTO_FILE,
      (problem) => {
        told?.('crypto', problem);
      },
    );
    opened.push(crypto);
    let cacheIsDamaged = false;
    const { cache, quarantined } = openCache(profileDir, storeKey, (problem) => {
      cacheIsDamaged ||= problem.reason === 'damaged';
      told?.('cache', problem);
    });
    opened.push(cache);
    const snapshotKey = withKey(storeKey, 'snapshots', (key) => Uint8Array.from(key));
    return {
      dir: profileDir,
      snapshotKey,
      crypto: crypto.parts,
      cache: cache.parts,
      quarantinedCache: quarantined,
      close() {
        snapshotKey.fill(0);
        for (const each of opened) each.close();
        if (cacheIsDamaged) quarantineIfPossible(profileDir);
        lock.release();
      },
    };
  } catch (error) {
    for (const each of opened) each.close();
    lock.release();
    throw error;
  }
}

interface OpenDatabase {
  readonly parts: StoreDatabase;
  close(): void;
}

function open(
  openFile: () => Database,
  name: string,
  onStorageError: (problem: StoreError) => void,
): OpenDatabase {
  const database = openFile();
  try {
    const told = (error: unknown): void => {
      const problem = storageProblem(error, name);
      if (problem !== null) onStorageError(problem);
    };
    const factory = createIndexedDB(database, { onStorageError: told });
    return {
      parts: {
        indexedDB: factory,
        records: openKeyValueTable(database, factory, told),
      },
      close() {
        closeIndexedDB(factory);
        database.close();
      },
    };
  } catch (error) {
    database.close();
    if (error instanceof RangeError) {
      throw new StoreError('newer_version', `${name}: ${error.message}`, { cause: error });
    }
    throw toStoreError(error, name);
  }
}

function openCrypto(profileDir: string, storeKey: Uint8Array): Database {
  const file = join(profileDir, CRYPTO_FILE);
  const cacheFile = join(profileDir, CACHE_FILE);
  // Both are made together: an empty one beside a filled one has lost what was in it.
  if (sizeOf(file) === 0 && sizeOf(cacheFile) > 0) {
    throw new StoreError('damaged', `${CRYPTO_FILE} is missing or empty, ${CACHE_FILE} is not`);
  }
  return withKey(storeKey, CRYPTO_FILE, (key) => {
    try {
      return openDatabase(file, key, CRYPTO_OPTIONS);
    } catch (error) {
      throw toldApart(error, cacheFile, storeKey);
    }
  });
}

/** A key that opens the other database is not wrong: then the first page of this one is damaged. */
function toldApart(error: unknown, cacheFile: string, storeKey: Uint8Array): unknown {
  if (!(error instanceof StoreError) || error.reason !== 'wrong_key') return error;
  const isRight = withKey(storeKey, CACHE_FILE, (key) => opensWithKey(cacheFile, key));
  if (!isRight) return error;
  return new StoreError('damaged', `${CRYPTO_FILE}: the first page is damaged`, { cause: error });
}

function openCache(
  profileDir: string,
  storeKey: Uint8Array,
  onStorageError: (problem: StoreError) => void,
): { cache: OpenDatabase; quarantined: string | null } {
  const openFile = (): Database =>
    withKey(storeKey, CACHE_FILE, (key) =>
      openDatabase(join(profileDir, CACHE_FILE), key, CACHE_OPTIONS),
    );
  const openIt = (): OpenDatabase => open(openFile, CACHE_FILE, onStorageError);
  try {
    return { cache: openIt(), quarantined: null };
  } catch (error) {
    // The key has just opened the crypto database: one that does not fit here means damage as well.
    const isDamaged =
      error instanceof StoreError && (error.reason === 'damaged' || error.reason === 'wrong_key');
    if (!isDamaged) throw error;
    const quarantined = quarantine(profileDir, CACHE_FILE);
    return { cache: openIt(), quarantined };
  }
}

/**
 * A cache in which damage showed while it was used would show it again, and keep the account from
 * starting. Where it can't be put aside, that is tried again the next time.
 */
function quarantineIfPossible(profileDir: string): void {
  try {
    quarantine(profileDir, CACHE_FILE);
  } catch (error) {
    if (!(error instanceof StoreError)) throw error;
  }
}

/** Derives a database's own key from the store key, and wipes it after use. */
function withKey<T>(storeKey: Uint8Array, name: string, use: (key: Uint8Array) => T): T {
  const key = new Uint8Array(hkdfSync('sha256', storeKey, '', `holdfast ${name} v1`, 32));
  try {
    return use(key);
  } finally {
    key.fill(0);
  }
}
