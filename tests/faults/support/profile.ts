/** A profile's store as the fault tests open it, and the databases beneath it. */
import Database from 'better-sqlite3-multiple-ciphers';
import { hkdfSync } from 'node:crypto';
import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';

/** The store key of profiles that have no vault. */
export const storeKey = new Uint8Array(32).fill(7);

export const databaseNames = ['crypto.db', 'cache.db'] as const;

/** Opens the store with a copy of the key, as the engine gets one. */
export function openStore(profileDir: string, key: Uint8Array = storeKey): ProfileStore {
  return openProfileStore(profileDir, Uint8Array.from(key));
}

/** A database's own key, derived here once more: the format on disk must not change unnoticed. */
export function databaseKey(name: string, key: Uint8Array = storeKey): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `holdfast ${name} v1`, 32));
}

/** SQLite's own connection to an encrypted file. */
export function connectTo(file: string, key: Uint8Array): Database {
  const database = new Database(file, { fileMustExist: true });
  database.pragma("cipher = 'aegis'");
  database.key(Buffer.concat([Buffer.from('raw:'), key]));
  return database;
}

/** What `PRAGMA integrity_check` finds wrong; nothing where there is no such file yet. */
export function integrityOf(file: string, key: Uint8Array): string[] {
  if (!existsSync(file) || statSync(file).size === 0) return [];
  let database: Database | null = null;
  try {
    database = connectTo(file, key);
    const lines = database.prepare('PRAGMA integrity_check').pluck().all().map(String);
    return lines.filter((line) => line !== 'ok');
  } catch (error) {
    return [String(error)];
  } finally {
    database?.close();
  }
}

/** {@link integrityOf} both databases of a profile. */
export function profileIntegrity(profileDir: string, key: Uint8Array = storeKey): string[] {
  return databaseNames.flatMap((name) =>
    integrityOf(join(profileDir, name), databaseKey(name, key)).map((line) => `${name}: ${line}`),
  );
}
