/** A small profile whose content is known, and what is on its disk. */
import { createHash, randomBytes } from 'node:crypto';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach } from 'vitest';
import type { ProfileStore } from '../../../main/store/profile-store';
import { end, openDatabase, result } from '../../unit/store/support/indexeddb';
import { openStore } from '../support/profile';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'holdfast-fault-table-'));
  made.push(folder);
  return folder;
}

export function copyOf(folder: string): string {
  const copy = temporaryFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

export type Part = 'crypto' | 'cache';

const openKeys = (store: ProfileStore, part: Part): Promise<IDBDatabase> =>
  openDatabase(store[part].indexedDB, (db) => db.createObjectStore('keys'));

/** Writes keys in one transaction; each is its number in bytes, many times. */
export async function writeKeys(
  store: ProfileStore,
  part: Part,
  numbers: readonly number[],
): Promise<void> {
  const db = await openKeys(store, part);
  const transaction = db.transaction('keys', 'readwrite');
  for (const n of numbers) transaction.objectStore('keys').put(new Uint8Array(1500).fill(n), n);
  const outcome = await end(transaction);
  db.close();
  if (outcome === 'abort') throw transaction.error ?? new Error('aborted');
}

export async function deleteKeys(
  store: ProfileStore,
  part: Part,
  numbers: readonly number[],
): Promise<void> {
  const db = await openKeys(store, part);
  const transaction = db.transaction('keys', 'readwrite');
  for (const n of numbers) transaction.objectStore('keys').delete(n);
  await end(transaction);
  db.close();
}

/** The keys' numbers; a key whose content is not its number's counts as a failure. */
export async function readKeys(store: ProfileStore, part: Part): Promise<number[]> {
  const db = await openKeys(store, part);
  const keys = db.transaction('keys').objectStore('keys');
  const numbers = (await result(keys.getAllKeys())) as number[];
  for (const n of numbers) {
    const body = (await result(db.transaction('keys').objectStore('keys').get(n))) as Uint8Array;
    if (body.length !== 1500 || !body.every((byte) => byte === n)) {
      throw new Error(`Key ${n} has another content`);
    }
  }
  db.close();
  return numbers;
}

export const someKeys = Array.from({ length: 40 }, (_, n) => n);

/** A closed profile with {@link someKeys} in both databases, and free pages in both. */
export async function keptProfile(): Promise<string> {
  const folder = temporaryFolder();
  const store = openStore(folder);
  const passing = someKeys.map((n) => n + 100);
  for (const part of ['crypto', 'cache'] as const) {
    await writeKeys(store, part, [...someKeys, ...passing]);
    await deleteKeys(store, part, passing);
  }
  store.crypto.records.set('session', 'kept');
  store.close();
  return folder;
}

/** The hash of each file in a folder, by name. The lock's own file says nothing. */
export function fingerprint(folder: string): Record<string, string> {
  const names = readdirSync(folder)
    .filter((name) => !name.startsWith('profile.lock'))
    .sort();
  return Object.fromEntries(
    names.map((name) => [
      name,
      createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex'),
    ]),
  );
}

/** Turns over a bit of each of some bytes, chosen anew each time. */
export function spoil(bytes: Buffer, from: number, length: number): void {
  for (let at = from; at < from + length; at += 1) {
    bytes[at] = (bytes[at] ?? 0) ^ (1 << ((randomBytes(1)[0] ?? 0) % 8));
  }
}
