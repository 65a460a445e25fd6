/**
 * Opens the profile's encrypted SQLite files.
 *
 * Cipher: AEGIS-256 of SQLite3 Multiple Ciphers, with a raw 32-byte key. Every page, of the file and
 * of the write-ahead log, is encrypted and authenticated with a fresh 256-bit random nonce. It was
 * chosen over the library's ChaCha20-Poly1305 and SQLCipher schemes because it writes twice and reads
 * four times as fast on every processor with AES instructions, which all supported platforms have,
 * and over the unauthenticated ones because a changed page must be noticed.
 */
import Database from 'better-sqlite3-multiple-ciphers';
import {
  closeSync,
  existsSync,
  fsyncSync,
  openSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { StoreError, toStoreError } from './store-error';

const CIPHER = 'aegis';
const KEY_BYTES = 32;

/** Statements, or what runs them on the database it is given. */
export type Migration = string | ((database: Database) => void);

export interface DatabaseOptions {
  /** Marks the file as one of this application's, in SQLite's header. */
  readonly applicationId: number;
  /** The n-th takes the schema from version n to n + 1; those that are needed run in one transaction. */
  readonly migrations: readonly Migration[];
  /** `full`: a commit survives a power cut. `normal`: it survives a crash of the process. */
  readonly durability: 'full' | 'normal';
}

/**
 * Opens or creates a database with a raw 32-byte key and brings its schema up to date. While it is
 * open, no other process can open it.
 *
 * @throws StoreError the file holds what it held before: a migration that fails takes back those
 *   before it. With a wrong key or a newer version not a byte is written. A damaged first page cannot
 *   be told from a wrong key here and is reported as `wrong_key`.
 */
export function openDatabase(file: string, key: Uint8Array, options: DatabaseOptions): Database {
  if (key.length !== KEY_BYTES) throw new RangeError(`The key is not ${KEY_BYTES} bytes long`);
  let database: Database | null = null;
  try {
    undoUnfinishedCreation(file, key);
    if (sizeOf(file) > 0) inspect(file, key, options);
    else create(file);
    database = connect(file, key, false);
    configure(database, options);
    migrate(database, options);
    return database;
  } catch (error) {
    database?.close();
    throw toStoreError(error, file);
  }
}

/** Whether the key opens the file; false too when there is no file, or it is damaged. */
export function opensWithKey(file: string, key: Uint8Array): boolean {
  if (sizeOf(file) === 0) return false;
  try {
    readHeader(file, key);
    return true;
  } catch {
    return false;
  }
}

/** The size in bytes; 0 where there is no file. */
export function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}

// An empty file that only its owner can read, and that survives a power cut. SQLite gives the
// write-ahead log the same permissions.
function create(file: string): void {
  closeSync(openSync(file, 'a', 0o600));
  if (process.platform === 'win32') return;
  const directory = openSync(dirname(file), 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

/** Where a rollback journal says how many pages the database had before. */
const PAGES_BEFORE_AT = 16;

// A database is written through a rollback journal once: when it is made, before it is in WAL mode.
// A process that ended in that moment leaves the journal, which a connection that may only read
// can't roll back. One that says the database was empty has nothing in it that could be lost.
function undoUnfinishedCreation(file: string, key: Uint8Array): void {
  const journal = `${file}-journal`;
  if (sizeOf(journal) < PAGES_BEFORE_AT + 4 || sizeOf(`${file}-wal`) > 0) return;
  if (readFileSync(journal).readUInt32BE(PAGES_BEFORE_AT) !== 0) return;
  const database = connect(file, key, false);
  try {
    versionOf(database);
  } finally {
    database.close();
  }
}

function connect(file: string, key: Uint8Array, readonly: boolean): Database {
  const database = new Database(file, { readonly, fileMustExist: true, timeout: 0 });
  const raw = Buffer.concat([Buffer.from('raw:'), key]);
  try {
    database.pragma(`cipher = '${CIPHER}'`);
    database.key(raw);
    return database;
  } catch (error) {
    database.close();
    throw error;
  } finally {
    raw.fill(0);
  }
}

interface Header {
  readonly applicationId: number;
  readonly version: number;
}

/** Checks an existing file without changing a byte of it or of its write-ahead log. */
function inspect(file: string, key: Uint8Array, options: DatabaseOptions): void {
  const { applicationId, version } = readHeader(file, key);
  if (applicationId !== options.applicationId && (applicationId !== 0 || version !== 0)) {
    throw new StoreError('damaged', `${file} belongs to another application`);
  }
  if (version > options.migrations.length) {
    throw new StoreError('newer_version', `${file} has schema version ${version}`);
  }
}

// A connection that may only read neither recovers nor checkpoints the write-ahead log. That matters
// with a wrong key: a checkpoint would decrypt the log and encrypt it again.
function readHeader(file: string, key: Uint8Array): Header {
  const made = [`${file}-wal`, `${file}-shm`].filter((beside) => !existsSync(beside));
  const database = connect(file, key, true);
  try {
    return {
      applicationId: Number(database.pragma('application_id', { simple: true })),
      version: versionOf(database),
    };
  } finally {
    database.close();
    // An empty log and its index, which only this connection used.
    for (const beside of made) rmSync(beside, { force: true });
  }
}

function versionOf(database: Database): number {
  return Number(database.pragma('user_version', { simple: true }));
}

function configure(database: Database, { durability, applicationId }: DatabaseOptions): void {
  const isDurable = durability === 'full';
  // Before the first access: the index of the write-ahead log then lives in memory, not in a file.
  database.pragma('locking_mode = EXCLUSIVE');
  database.pragma('journal_mode = WAL');
  database.pragma(`synchronous = ${isDurable ? 'FULL' : 'NORMAL'}`);
  // On macOS a plain fsync leaves the data in the drive's volatile cache.
  database.pragma(`fullfsync = ${isDurable ? 1 : 0}`);
  database.pragma(`secure_delete = ${isDurable ? 'FAST' : 'OFF'}`);
  // Temporary tables on disk would not be encrypted.
  database.pragma('temp_store = MEMORY');
  database.pragma('cell_size_check = ON');
  database.pragma('trusted_schema = OFF');
  database.pragma('cache_size = -8192');
  database.pragma('wal_autocheckpoint = 8192');
  database.pragma(`journal_size_limit = ${64 * 1024 * 1024}`);
  if (database.pragma('application_id', { simple: true }) !== applicationId) {
    database.pragma(`application_id = ${applicationId}`);
  }
}

function migrate(database: Database, { migrations }: DatabaseOptions): void {
  const needed = migrations.slice(versionOf(database));
  if (needed.length === 0) return;
  // Closing the connection after a failure rolls all of it back.
  database.exec('BEGIN IMMEDIATE');
  for (const migration of needed) {
    if (typeof migration === 'string') database.exec(migration);
    else migration(database);
  }
  database.pragma(`user_version = ${migrations.length}`);
  database.exec('COMMIT');
}
