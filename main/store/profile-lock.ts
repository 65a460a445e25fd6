import Database from 'better-sqlite3-multiple-ciphers';
import { join } from 'node:path';
import { toStoreError } from './store-error';

const LOCK_FILE = 'profile.lock';

export interface ProfileLock {
  release(): void;
}

/**
 * Makes this process the only one that works on a profile. The lock is an exclusive lock of SQLite
 * on an empty file, so the operating system drops it when the process ends, however it ends.
 *
 * @throws StoreError `in_use` when another process, or this one, holds the lock
 */
export function lockProfile(profileDir: string): ProfileLock {
  const file = join(profileDir, LOCK_FILE);
  let database: Database | null = null;
  try {
    const opened = new Database(file, { timeout: 0 });
    database = opened;
    // Nothing is ever written to it, so its journal needs no file.
    opened.pragma('journal_mode = MEMORY');
    opened.exec('BEGIN EXCLUSIVE');
    return {
      release() {
        if (opened.open) opened.close();
      },
    };
  } catch (error) {
    database?.close();
    throw toStoreError(error, file);
  }
}
