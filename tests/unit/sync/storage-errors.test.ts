import { randomBytes } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { storageProblem } from '../../../main/store/store-error';
import { temporaryFolder } from '../store/support/temporary-folder';

const key = randomBytes(32);
let store: ProfileStore | null = null;

afterEach(() => {
  store?.close();
  store = null;
});

interface Opened {
  readonly store: ProfileStore;
  readonly dir: string;
  readonly told: string[];
}

function open(dir = temporaryFolder()): Opened {
  const told: string[] = [];
  store = openProfileStore(dir, key, {
    onStorageError: (database, { reason }) => told.push(`${database} ${reason}`),
  });
  return { store, dir, told };
}

/** Fills the database `name` with records, and closes it. */
async function filled(dir: string): Promise<void> {
  const { store } = open(dir);
  const database = await openDatabase(store);
  const transaction = database.transaction('s', 'readwrite');
  for (let n = 0; n < 200; n += 1) transaction.objectStore('s').put('x'.repeat(4000), n);
  await new Promise((done) => (transaction.oncomplete = done));
  store.close();
}

function openDatabase({ crypto }: ProfileStore): Promise<IDBDatabase> {
  return new Promise((resolve, reject) => {
    const request = crypto.indexedDB.open('d', 1);
    request.onupgradeneeded = () => void request.result.createObjectStore('s');
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(new Error(request.error?.message));
  });
}

describe('a store that fails while it is open', () => {
  it('tells of a page that was changed, as damage, before the request fails', async () => {
    const dir = temporaryFolder();
    await filled(dir);
    const file = join(dir, 'crypto.db');
    const bytes = readFileSync(file);
    // In the midst of the records: the file still opens.
    const [from, to] = [bytes.length / 2, (bytes.length * 3) / 4];
    for (let at = from; at < to; at += 97) bytes[at] = (bytes[at] ?? 0) ^ 0x55;
    writeFileSync(file, bytes);

    const { store, told } = open(dir);
    const database = await openDatabase(store);
    const request = database.transaction('s').objectStore('s').getAll();
    const toldBefore = await new Promise<string[]>((failed) => {
      request.onerror = (event) => {
        event.preventDefault();
        failed([...told]);
      };
    });
    expect(toldBefore).toContain('crypto damaged');
  });

  it('says nothing of a constraint that a caller broke', () => {
    const broken = Object.assign(new Error('x'), { code: 'SQLITE_CONSTRAINT_UNIQUE' });
    expect(storageProblem(broken, 'crypto.db')).toBeNull();
    expect(storageProblem(new TypeError('x'), 'crypto.db')).toBeNull();
  });

  it('takes what can not be authenticated for damage, since the key has opened the file', () => {
    const strange = Object.assign(new Error('x'), { code: 'SQLITE_NOTADB' });
    expect(storageProblem(strange, 'crypto.db')?.reason).toBe('damaged');
  });
});
