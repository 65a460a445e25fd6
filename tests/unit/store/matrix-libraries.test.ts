/** What the store is for: the crypto library and the SDK's sync store on it, across restarts. */
import {
  DeviceId,
  OlmMachine,
  StoreHandle,
  UserId,
  initAsync,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { IndexedDBStore } from 'matrix-js-sdk';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { installIndexedDBGlobals } from '../../../main/store/indexeddb';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { makeExportedSessions } from './support/exported-sessions';
import { temporaryFolder } from './support/temporary-folder';

const KEY = randomBytes(32);
const USER = '@ada:example.org';

beforeAll(() => initAsync());

let store: ProfileStore | null = null;
afterEach(() => store?.close());

function start(folder: string): ProfileStore {
  store = openProfileStore(folder, KEY);
  installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
  return store;
}

async function openMachine(): Promise<OlmMachine> {
  const handle = await StoreHandle.open('crypto', 'passphrase');
  return OlmMachine.initFromStore(new UserId(USER), new DeviceId('DEVICE'), handle);
}

it('an OlmMachine keeps its identity and its room keys across a restart', async () => {
  const folder = temporaryFolder();
  start(folder);
  const first = await openMachine();
  const identity = first.identityKeys.ed25519.toBase64();
  const sessions = makeExportedSessions(400);
  const imported = await first.importExportedRoomKeys(JSON.stringify(sessions), () => undefined);
  expect(imported.importedCount).toBe(400);
  first.close();
  store?.close();

  start(folder);
  const second = await openMachine();
  expect(second.identityKeys.ed25519.toBase64()).toBe(identity);
  const counts = await second.roomKeyCounts();
  expect(counts.total).toBe(400);
  const exported = JSON.parse(await second.exportRoomKeys(() => true)) as { session_id: string }[];
  const ids = (list: readonly object[]): string[] =>
    list.map((session) => (session as { session_id: string }).session_id).toSorted();
  expect(ids(exported)).toEqual(ids(sessions));
  second.close();
});

it("the SDK's sync store starts, saves, and gives back what it saved after a restart", async () => {
  const folder = temporaryFolder();
  const open = async (): Promise<IndexedDBStore> => {
    const { cache } = start(folder);
    const syncStore = new IndexedDBStore({ indexedDB: cache.indexedDB, dbName: USER });
    await syncStore.startup();
    return syncStore;
  };
  const first = await open();
  expect(await first.isNewlyCreated()).toBe(true);
  expect(await first.getSavedSyncToken()).toBeUndefined();
  await first.setSyncData({
    next_batch: 'token 1',
    rooms: { join: {}, invite: {}, leave: {}, knock: {} },
    account_data: { events: [{ type: 'm.direct', content: { [USER]: ['!r'] } }] },
  });
  await first.save(true);
  await first.storeClientOptions({ lazyLoadMembers: true });
  await first.setOutOfBandMembers('!room', [
    { type: 'm.room.member', room_id: '!room', state_key: USER, content: { membership: 'join' } },
  ] as never);
  await first.saveToDeviceBatches([
    { eventType: 'm.test', txnId: 't', batch: [{ userId: USER, deviceId: 'D', payload: {} }] },
  ] as never);
  await first.destroy();
  store?.close();

  const second = await open();
  expect(await second.isNewlyCreated()).toBe(false);
  expect(await second.getSavedSyncToken()).toBe('token 1');
  const saved = await second.getSavedSync();
  expect(saved?.accountData).toEqual([{ type: 'm.direct', content: { [USER]: ['!r'] } }]);
  expect(await second.getClientOptions()).toEqual({ lazyLoadMembers: true });
  expect(await second.getOutOfBandMembers('!room')).toHaveLength(1);
  const batch = await second.getOldestToDeviceBatch();
  expect(batch).toMatchObject({ eventType: 'm.test', txnId: 't' });
  await second.removeToDeviceBatch(batch!.id);
  expect(await second.getOldestToDeviceBatch()).toBeNull();
  await second.destroy();
});
