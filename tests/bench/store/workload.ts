/**
 * The work that is measured, as the same code for Node and for the browser's page: only the
 * IndexedDB beneath it differs.
 */
import '../../../main/engine/session/silence-sdk';
import { createClient, type MatrixClient } from 'matrix-js-sdk';
import { cryptoOf, olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { silentLogger } from '../../../main/engine/silent-logger';

export interface Login {
  readonly baseUrl: string;
  readonly userId: string;
  readonly deviceId: string;
  readonly accessToken: string;
}

/** A device that talks to no server. */
export const offlineLogin: Login = {
  baseUrl: 'http://127.0.0.1:9',
  userId: '@bench:localhost',
  deviceId: 'BENCH',
  accessToken: 'none',
};

/** Opens a device's crypto store in the global scope's IndexedDB, or in memory. */
export async function openDevice(login: Login, inMemory: boolean): Promise<MatrixClient> {
  const isOffline = login === offlineLogin;
  const client = createClient({
    ...login,
    logger: silentLogger,
    disableVoip: true,
    ...(isOffline
      ? { fetchFn: () => Promise.reject(new TypeError('This device is offline')) }
      : {}),
  });
  const cryptoDatabasePrefix = `bench:${login.userId}:${login.deviceId}`;
  await client.initRustCrypto({ useIndexedDB: !inMemory, cryptoDatabasePrefix });
  return client;
}

export interface ImportTask {
  /** The first batch warms up and does not count. */
  readonly keys: readonly unknown[];
  readonly batchSize: number;
}

export interface Rate {
  readonly ms: number;
  readonly perSecond: number;
}

/** Imports exported keys, batch by batch. */
export async function importKeys(
  client: MatrixClient,
  { keys, batchSize }: ImportTask,
): Promise<Rate> {
  const crypto = cryptoOf(client);
  const [warmUp = '[]', ...batches] = batchesOf(keys, batchSize);
  await crypto.importRoomKeysAsJson(warmUp);
  const counted = keys.length - Math.min(batchSize, keys.length);
  const rate = await timed(counted, async () => {
    for (const batch of batches) await crypto.importRoomKeysAsJson(batch);
  });
  await requireKeys(client, keys.length);
  return rate;
}

export interface RestoreTask {
  readonly version: string;
  /** Unpadded Base64. */
  readonly decryptionKey: string;
  readonly keys: number;
}

/** matrix-js-sdk's own restore: downloads the whole backup, decrypts and imports it. */
export async function restoreBackup(client: MatrixClient, task: RestoreTask): Promise<Rate> {
  const crypto = cryptoOf(client);
  const key = Uint8Array.from(atob(task.decryptionKey), (character) => character.charCodeAt(0));
  await crypto.storeSessionBackupPrivateKey(key, task.version);
  const rate = await timed(task.keys, () => crypto.restoreKeyBackup());
  await requireKeys(client, task.keys);
  return rate;
}

export interface RecordRates {
  readonly reads: Rate;
  readonly scan: Rate;
}

const recordText = 1_500;
const fillBatch = 1_000;

/** Reads by key, one after the other, and a cursor over all, in a store of records of 1.5 kB. */
export async function measureRecords(factory: IDBFactory, count: number): Promise<RecordRates> {
  const open = factory.open('bench-records');
  open.onupgradeneeded = () => open.result.createObjectStore('records');
  const database = await answerOf(open);
  for (let at = 0; at < count; at += fillBatch) {
    const transaction = database.transaction('records', 'readwrite');
    const store = transaction.objectStore('records');
    for (let index = at; index < Math.min(at + fillBatch, count); index += 1) {
      store.put({ index, text: randomText() }, keyOf(index));
    }
    await completionOf(transaction);
  }
  const wanted = Math.max(1, Math.floor(count / 4));
  await readSome(database, Math.min(200, count), count);
  const reads = await timed(wanted, () => readSome(database, wanted, count));
  const scan = await timed(count, () => scanAll(database, count));
  database.close();
  return { reads, scan };
}

async function readSome(database: IDBDatabase, wanted: number, count: number): Promise<void> {
  const store = database.transaction('records').objectStore('records');
  for (let read = 0; read < wanted; read += 1) {
    // In an order that is not the one they lie in; 7919 is a prime.
    const record: unknown = await answerOf(store.get(keyOf((read * 7919) % count)));
    if (record === undefined) throw new Error('A record is missing');
  }
}

function scanAll(database: IDBDatabase, count: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const request = database.transaction('records').objectStore('records').openCursor();
  let seen = 0;
  request.onerror = () => reject(request.error ?? new Error('The cursor failed'));
  request.onsuccess = () => {
    const cursor = request.result;
    if (cursor !== null) {
      seen += (cursor.value as { readonly index: number }).index === seen ? 1 : 0;
      cursor.continue();
    } else if (seen === count) {
      resolve();
    } else {
      reject(new Error(`The cursor saw ${seen} of ${count} records`));
    }
  };
  return promise;
}

async function timed(count: number, work: () => Promise<unknown>): Promise<Rate> {
  const started = performance.now();
  await work();
  return rateOf(count, performance.now() - started);
}

export function rateOf(count: number, ms: number): Rate {
  return { ms, perSecond: (count / ms) * 1_000 };
}

async function requireKeys(client: MatrixClient, expected: number): Promise<void> {
  const counts = await olmMachineOf(client).roomKeyCounts();
  if (counts.total !== expected) {
    throw new Error(`The store holds ${counts.total} keys instead of ${expected}`);
  }
}

function batchesOf(keys: readonly unknown[], size: number): string[] {
  const batches: string[] = [];
  for (let at = 0; at < keys.length; at += size) {
    batches.push(JSON.stringify(keys.slice(at, at + size)));
  }
  return batches;
}

function keyOf(index: number): string {
  return `record-${String(index).padStart(8, '0')}`;
}

function randomText(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(recordText));
  return Array.from(bytes, (byte) => String.fromCharCode(32 + (byte % 95))).join('');
}

function answerOf<Result>(request: IDBRequest<Result>): Promise<Result> {
  return new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error('The request failed'));
  });
}

function completionOf(transaction: IDBTransaction): Promise<void> {
  return new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error ?? new Error('The transaction failed'));
  });
}
