/** The crypto library's own store, by which the keys of an earlier device are read. */
import {
  DeviceId,
  OlmMachine,
  StoreHandle,
  UserId,
  initAsync,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  countStoredKeys,
  oldDevices,
  readStoredKeys,
  type StoredKeys,
} from '../../../main/engine/keys/carry-over/stored-keys';
import { databaseName, storeName } from '../../../main/engine/session/store-names';
import { installIndexedDBGlobals } from '../../../main/store/indexeddb';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { makeExportedSessions } from '../store/support/exported-sessions';
import { result } from '../store/support/indexeddb';
import { temporaryFolder } from '../store/support/temporary-folder';

const device = { userId: '@ada:example.org', deviceId: 'OLD' };
const total = 1_203;

let store: ProfileStore;
let indexedDB: IDBFactory;

beforeEach(async () => {
  store = openProfileStore(temporaryFolder(), randomBytes(32));
  ({ indexedDB } = store.crypto);
  installIndexedDBGlobals(globalThis, indexedDB);
  await initAsync();
});
afterEach(() => store.close());

async function keep(sessions: readonly object[]): Promise<void> {
  const handle = await StoreHandle.open(storeName(device), undefined);
  const { userId, deviceId } = device;
  const machine = await OlmMachine.initFromStore(
    new UserId(userId),
    new DeviceId(deviceId),
    handle,
  );
  await machine.importExportedRoomKeys(JSON.stringify(sessions), () => undefined);
  machine.close();
  handle.free();
}

async function slices(after: string | null = null): Promise<readonly StoredKeys[]> {
  const read: StoredKeys[] = [];
  for await (const slice of readStoredKeys(indexedDB, device, after)) read.push(slice);
  return read;
}

const idsIn = (entries: readonly unknown[]): readonly unknown[] =>
  entries.map((entry) => Reflect.get(Object(entry), 'session_id') as unknown).toSorted();

describe('the keys in the store of an earlier device', () => {
  it('are counted, and read in slices, each of them once', async () => {
    const sessions = makeExportedSessions(total);
    await keep(sessions);
    expect(await countStoredKeys(indexedDB, device)).toBe(total);
    const read = await slices();
    expect(read.map((slice) => slice.read)).toEqual([500, 500, 203]);
    expect(idsIn(read.flatMap(({ entries }) => entries))).toEqual(idsIn(sessions));
    expect(await oldDevices(indexedDB, { ...device, deviceId: 'NEW' })).toEqual([device]);
  });

  it('are read on from where it ended, and stay', async () => {
    const sessions = makeExportedSessions(total);
    await keep(sessions);
    const [first, ...rest] = await slices();
    const on = await slices(first?.after);
    expect(on).toHaveLength(2);
    expect(idsIn(on.flatMap(({ entries }) => entries))).toEqual(
      idsIn(rest.flatMap(({ entries }) => entries)),
    );
    expect(await countStoredKeys(indexedDB, device)).toBe(total);
  });

  it('are not taken for none where the library keeps them elsewhere', async () => {
    await keep(makeExportedSessions(2));
    const present = await result(indexedDB.open(databaseName(device)));
    const { version } = present;
    present.close();
    const moved = indexedDB.open(databaseName(device), version + 1);
    moved.onupgradeneeded = () => {
      moved.result.deleteObjectStore('inbound_group_sessions3');
    };
    (await result(moved)).close();
    await expect(countStoredKeys(indexedDB, device)).rejects.toThrow('keeps no room keys');
    await expect(slices()).rejects.toThrow('keeps no room keys');
  });

  it('are let go where the copies’ own store can’t be opened', async () => {
    await keep(makeExportedSessions(2));
    const passage = databaseName({ ...device, deviceId: 'carry-over' });
    (await result(indexedDB.open(passage, 1_000_000))).close();
    await expect(slices()).rejects.toThrow();
    const removing = indexedDB.deleteDatabase(databaseName(device));
    const blocked = new Promise<never>((_, reject) => {
      removing.onblocked = () => reject(new Error('Somebody holds the store'));
    });
    await Promise.race([result(removing), blocked]);
  });
});
