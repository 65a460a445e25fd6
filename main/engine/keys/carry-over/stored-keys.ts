/**
 * The room keys in the crypto database of a device that is not signed in. The crypto library can
 * only give all of a store's keys at once; so that a large one is never in memory as a whole, its
 * rows pass, some at a time, through a small store of the same make, which only holds copies.
 */
import {
  DeviceId,
  initAsync,
  OlmMachine,
  StoreHandle,
  UserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { databaseName, devicesIn, storeName } from '../../session/store-names';
import { silentLogger } from '../../silent-logger';

/** A device of one person. */
export interface OldDevice {
  readonly userId: string;
  readonly deviceId: string;
}

export interface StoredKeys {
  /** In the form of a key file's entries. */
  readonly entries: readonly unknown[];
  /** Keys read; more than there are entries where some can't be made out. */
  readonly read: number;
  /** Where to go on. */
  readonly after: string;
}

/** The object store of the crypto library that holds a row for each room key. */
const keyStore = 'inbound_group_sessions3';

/** The device whose store the copies pass through; no server gives a device such an id. */
const passage = 'carry-over';

/** Keys read at once; between two slices the engine does other things. */
const sliceSize = 500;

/** The devices this person had here, but for the one that is theirs now. */
export async function oldDevices(
  indexedDB: IDBFactory,
  { userId, deviceId }: OldDevice,
): Promise<readonly OldDevice[]> {
  const devices = await devicesIn(indexedDB);
  return devices.filter(
    (device) =>
      device.userId === userId && device.deviceId !== deviceId && device.deviceId !== passage,
  );
}

/** How many room keys the device's database holds. */
export async function countStoredKeys(indexedDB: IDBFactory, device: OldDevice): Promise<number> {
  const database = await openUpgraded(indexedDB, device);
  try {
    return await answerOf(rows(database, 'readonly').count());
  } finally {
    database.close();
  }
}

/**
 * The keys, slice by slice. Nothing is changed in the device's database, except that it is brought
 * to the form of this version's library.
 *
 * @param after of the last slice that was dealt with; null: from the first key on
 */
export async function* readStoredKeys(
  indexedDB: IDBFactory,
  device: OldDevice,
  after: string | null = null,
): AsyncGenerator<StoredKeys, void, undefined> {
  const between = { userId: device.userId, deviceId: passage };
  // Closed in reverse order, however far opening came.
  const opened = new DisposableStack();
  try {
    const source = opened.adopt(await openUpgraded(indexedDB, device), (each) => each.close());
    const handle = opened.adopt(await openHandle(between), (each) => each.free());
    const machine = opened.adopt(
      await OlmMachine.initFromStore(
        new UserId(between.userId),
        new DeviceId(between.deviceId),
        handle,
      ),
      (each) => each.close(),
    );
    const copies = await answerOf(indexedDB.open(databaseName(between)));
    try {
      for (let last = after; ;) {
        const slice = await sliceAfter(source, last);
        if (slice === null) return;
        await replaceRows(copies, slice);
        const entries = JSON.parse(await machine.exportRoomKeys(() => true)) as unknown[];
        last = slice.last;
        yield { entries, read: slice.rows.length, after: last };
      }
    } finally {
      await replaceRows(copies, { keys: [], rows: [] }).catch(() => undefined);
      copies.close();
    }
  } finally {
    opened.dispose();
  }
}

interface Rows {
  readonly keys: readonly IDBValidKey[];
  readonly rows: readonly unknown[];
}

async function sliceAfter(
  database: IDBDatabase,
  after: string | null,
): Promise<(Rows & { readonly last: string }) | null> {
  const store = rows(database, 'readonly');
  const range = after === null ? null : IDBKeyRange.lowerBound(after, true);
  const [keys, values] = await Promise.all([
    answerOf(store.getAllKeys(range, sliceSize)),
    answerOf<unknown[]>(store.getAll(range, sliceSize)),
  ]);
  const last = keys.at(-1);
  if (last === undefined) return null;
  if (typeof last !== 'string') throw new Error('The crypto library names keys otherwise now');
  return { keys, rows: values, last };
}

async function replaceRows(database: IDBDatabase, { keys, rows: values }: Rows): Promise<void> {
  const store = rows(database, 'readwrite');
  const done = new Promise<void>((resolve, reject) => {
    store.transaction.oncomplete = () => resolve();
    store.transaction.onabort = () => reject(store.transaction.error ?? new Error('Aborted'));
  });
  store.clear();
  values.forEach((row, index) => store.put(row, keys[index]));
  await done;
}

/** @throws where the library keeps its keys elsewhere: they are then not taken for none. */
function rows(database: IDBDatabase, mode: IDBTransactionMode): IDBObjectStore {
  if (!database.objectStoreNames.contains(keyStore)) {
    throw new Error(`The crypto library keeps no room keys in ${keyStore} any more`);
  }
  return database.transaction(keyStore, mode).objectStore(keyStore);
}

/** The library brings its databases to the present form when it opens them. */
async function openUpgraded(indexedDB: IDBFactory, device: OldDevice): Promise<IDBDatabase> {
  (await openHandle(device)).free();
  return answerOf(indexedDB.open(databaseName(device)));
}

async function openHandle(device: OldDevice): Promise<StoreHandle> {
  await initAsync();
  return StoreHandle.open(storeName(device), undefined, silentLogger);
}

function answerOf<Answer>(request: IDBRequest<Answer>): Promise<Answer> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The store did not answer'));
  });
}
