/**
 * A profile with something of every kind in it, and what must be found there again. The fixtures of
 * earlier versions were written by `fillProfile()` on the store of their day, so it never changes.
 */
import {
  DeviceId,
  OlmMachine,
  StoreHandle,
  UserId,
  initAsync,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { installIndexedDBGlobals } from '../../../../main/store/indexeddb';
import type { ProfileStore } from '../../../../main/store/profile-store';
import { makeExportedSessions } from './exported-sessions';
import { end, openDatabase, result, walk } from './indexeddb';

const NAME = 'Namen: ä, 日本, \u{1f511}';
const KEYS: IDBValidKey[] = [
  -1.5,
  7,
  new Date(86_400_000),
  'text ä \u{1f511}',
  new Uint8Array([0, 1, 255]),
  [1, 'two', [new Date(3)]],
];

export const ROOM_KEYS = 40;

/** Fills both databases; gives the device's public key. */
export async function fillProfile(store: ProfileStore): Promise<string> {
  for (const part of [store.crypto, store.cache]) {
    part.records.set('session', { user: '@ada:example.org', list: [1, null, 'ä'] });
    const db = await openDatabase(
      part.indexedDB,
      (fresh) => {
        fresh.createObjectStore('keys');
        const people = fresh.createObjectStore('people', { keyPath: 'id', autoIncrement: true });
        people.createIndex('tag', 'tags', { multiEntry: true });
        people.createIndex('mail', 'mail', { unique: true });
      },
      { name: NAME, version: 3 },
    );
    const transaction = db.transaction(['keys', 'people'], 'readwrite');
    for (const key of KEYS) transaction.objectStore('keys').put({ of: key }, key);
    transaction.objectStore('keys').put(new Uint8Array(20_000).fill(7), 'large');
    for (let n = 1; n <= 20; n += 1) {
      const tags = n % 2 === 0 ? ['even', 'all'] : ['all'];
      transaction.objectStore('people').add({ mail: `${n}@example.org`, tags });
    }
    transaction.objectStore('people').delete(20);
    await end(transaction);
    db.close();
  }
  const machine = await openMachine(store);
  const exported = JSON.stringify(makeExportedSessions(ROOM_KEYS));
  await machine.importExportedRoomKeys(exported, () => undefined);
  const identity = machine.identityKeys.ed25519.toBase64();
  machine.close();
  return identity;
}

/** What {@link fillProfile} left, as read from today's store; for each database, and the keys. */
export async function readProfile(store: ProfileStore): Promise<unknown> {
  const parts = [];
  for (const { indexedDB, records } of [store.crypto, store.cache]) {
    const db = await openDatabase(indexedDB, undefined, { name: NAME, version: 3 });
    const transaction = db.transaction(['keys', 'people'], 'readwrite');
    const [keys, people] = [transaction.objectStore('keys'), transaction.objectStore('people')];
    const large = await result(keys.get('large') as IDBRequest<Uint8Array>);
    const inOrder = await result(keys.getAllKeys());
    const tagged = await walk(people.index('tag').openKeyCursor('even'));
    const byMail = people.index('mail').get('7@example.org') as IDBRequest<{ id: number }>;
    const { id } = await result(byMail);
    const next = await result(people.add({ mail: 'new', tags: [] }));
    transaction.abort();
    await end(transaction);
    parts.push({
      session: records.get('session'),
      keys: inOrder.length,
      large: large.every((byte) => byte === 7) ? large.length : 'other bytes',
      even: tagged.map(({ primaryKey }) => primaryKey),
      byMail: id,
      next,
    });
    db.close();
  }
  const machine = await openMachine(store);
  const counts = await machine.roomKeyCounts();
  const exported = JSON.parse(await machine.exportRoomKeys(() => true)) as unknown[];
  const device = machine.identityKeys.ed25519.toBase64();
  machine.close();
  return { parts, device, total: counts.total, exported: exported.length };
}

/** What {@link readProfile} must give. */
export function expectedProfile(device: string): unknown {
  const part = {
    session: { user: '@ada:example.org', list: [1, null, 'ä'] },
    keys: KEYS.length + 1,
    large: 20_000,
    even: [2, 4, 6, 8, 10, 12, 14, 16, 18],
    byMail: 7,
    next: 21,
  };
  return { parts: [part, part], device, total: ROOM_KEYS, exported: ROOM_KEYS };
}

async function openMachine(store: ProfileStore): Promise<OlmMachine> {
  await initAsync();
  installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
  const handle = await StoreHandle.open('crypto', undefined);
  return OlmMachine.initFromStore(new UserId('@ada:example.org'), new DeviceId('DEVICE'), handle);
}
