/**
 * Looks into what a killed app left on disk, without the app and without the server: on a copy, so
 * that the app itself finds the write-ahead log as the kill left it.
 */
import {
  DecryptionSettings,
  DeviceId,
  initAsync,
  OlmMachine,
  RoomId,
  StoreHandle,
  TrustRequirement,
  UserId,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import Database from 'better-sqlite3-multiple-ciphers';
import { hkdfSync } from 'node:crypto';
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { installIndexedDBGlobals } from '../../../main/store/indexeddb';
import { openProfileStore } from '../../../main/store/profile-store';
import type { RawEvent } from './app-messages';

export interface Inspection {
  /** What SQLite says is wrong with the files; empty where all is well. */
  readonly damage: readonly string[];
  /** The device whose session is stored. */
  readonly deviceId: string | null;
  /** The room keys of that device. */
  readonly sessions: ReadonlySet<string>;
  /** Of the events asked for, those that its keys don't open. */
  readonly unreadable: readonly RawEvent[];
}

const session = z.object({ userId: z.string(), deviceId: z.string() });
const databases = ['crypto.db', 'cache.db'];

/** The crypto library finds its store in the global scope: one look at a time. */
let looking: Promise<unknown> = Promise.resolve();

/** Copies the files of a profile that nobody has open. */
export async function copyProfile(from: string, to: string): Promise<void> {
  await mkdir(to, { recursive: true });
  const files = await readdir(from, { withFileTypes: true }).catch(() => []);
  // The lock file and the shared memory of the log belong to the process that is gone.
  const copied = files.filter((file) => file.isFile() && !/\.lock|-shm$/.test(file.name));
  await Promise.all(copied.map(({ name }) => copyFile(join(from, name), join(to, name))));
}

/** @param copy a copy of a profile, which this changes */
export function inspectProfile(
  copy: string,
  storeKey: Uint8Array,
  events: readonly RawEvent[],
): Promise<Inspection> {
  const looked = looking.then(() => inspect(copy, storeKey, events));
  looking = looked.catch(() => undefined);
  return looked;
}

async function inspect(
  copy: string,
  storeKey: Uint8Array,
  events: readonly RawEvent[],
): Promise<Inspection> {
  const files = await readdir(copy);
  const damage = databases
    .filter((name) => files.includes(name))
    .flatMap((name) => damageOf(join(copy, name), name, storeKey));
  const nothing = { damage, deviceId: null, sessions: new Set<string>(), unreadable: events };
  if (damage.length > 0 || !files.includes('crypto.db')) return nothing;

  const store = openProfileStore(copy, storeKey);
  try {
    const owner = session.safeParse(store.crypto.records.get('session')).data;
    if (owner === undefined) return nothing;
    installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
    return { damage, deviceId: owner.deviceId, ...(await readKeys(owner, events)) };
  } finally {
    store.close();
  }
}

async function readKeys(
  { userId, deviceId }: z.infer<typeof session>,
  events: readonly RawEvent[],
): Promise<Pick<Inspection, 'sessions' | 'unreadable'>> {
  await initAsync();
  const handle = await StoreHandle.open(`${userId}:${deviceId}`, null);
  const machine = await OlmMachine.initFromStore(
    new UserId(userId),
    new DeviceId(deviceId),
    handle,
  );
  try {
    const sessions = new Set<string>();
    await machine.exportRoomKeys((key) => {
      sessions.add(key.sessionId);
      return false;
    });
    return { sessions, unreadable: await unreadableBy(machine, events) };
  } finally {
    machine.close();
    handle.free();
  }
}

/** Of `events`, those that the machine's keys don't open. */
export async function unreadableBy(
  machine: OlmMachine,
  events: readonly RawEvent[],
): Promise<readonly RawEvent[]> {
  const unreadable: RawEvent[] = [];
  for (const event of events) {
    const settings = new DecryptionSettings(TrustRequirement.Untrusted);
    const opened = machine.decryptRoomEvent(
      JSON.stringify(event),
      new RoomId(event.room_id),
      settings,
    );
    await opened.catch(() => unreadable.push(event));
  }
  return unreadable;
}

function damageOf(file: string, name: string, storeKey: Uint8Array): string[] {
  // A kill between making a file and writing its first page.
  const key = Buffer.from(hkdfSync('sha256', storeKey, '', `holdfast ${name} v1`, 32));
  let database: Database | null = null;
  try {
    database = new Database(file);
    database.pragma("cipher = 'aegis'");
    database.key(Buffer.concat([Buffer.from('raw:'), key]));
    const said = database.prepare('PRAGMA integrity_check').pluck().all().map(String);
    return said.filter((line) => line !== 'ok').map((line) => `${name}: ${line}`);
  } catch (error) {
    return [`${name}: ${String(error)}`];
  } finally {
    database?.close();
  }
}
