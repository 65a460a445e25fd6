/** What a process that ends in the middle of a sync's keys leaves on the disk. */
import {
  DecryptionSettings,
  DeviceId,
  DeviceLists,
  EncryptionSettings,
  OlmMachine,
  RequestType,
  RoomId,
  StoreHandle,
  TrustRequirement,
  UserId,
  initAsync,
  type KeysClaimRequest,
  type KeysQueryRequest,
  type KeysUploadRequest,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WholeSyncs } from '../../../main/engine/sync/whole-syncs';
import { IDBDatabase, installIndexedDBGlobals } from '../../../main/store/indexeddb';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { temporaryFolder } from '../store/support/temporary-folder';

const KEY = randomBytes(32);
const ADA = '@ada:example.org';
const BEN = '@ben:example.org';
const ROOM = '!room:example.org';

interface Uploaded {
  readonly device_keys: { readonly device_id: string };
  readonly one_time_keys: Readonly<Record<string, unknown>>;
}

/** A message of the room, and what brings its key. */
interface Message {
  readonly toDevice: object;
  readonly event: string;
}

beforeAll(() => initAsync());

let store: ProfileStore | null = null;
afterEach(() => store?.close());

async function openAda(folder: string): Promise<OlmMachine> {
  store?.close();
  store = openProfileStore(folder, KEY);
  installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
  const handle = await StoreHandle.open('crypto', null);
  return OlmMachine.initFromStore(new UserId(ADA), new DeviceId('ADA'), handle);
}

/** Publishes a machine's keys, and gives them. */
async function publish(machine: OlmMachine): Promise<Uploaded> {
  const requests = await machine.outgoingRequests();
  const upload = requests.find(
    (request): request is KeysUploadRequest => request.type === RequestType.KeysUpload,
  )!;
  const counts = { one_time_key_counts: { signed_curve25519: 50 } };
  await machine.markRequestAsSent(upload.id, upload.type, JSON.stringify(counts));
  return JSON.parse(upload.body) as Uploaded;
}

async function learn(machine: OlmMachine, userId: string, keys: Uploaded): Promise<void> {
  await machine.updateTrackedUsers([new UserId(userId)]);
  const requests = await machine.outgoingRequests();
  const query = requests.find(
    (request): request is KeysQueryRequest => request.type === RequestType.KeysQuery,
  )!;
  const device_keys = { [userId]: { [keys.device_keys.device_id]: keys.device_keys } };
  await machine.markRequestAsSent(query.id, query.type, JSON.stringify({ device_keys }));
}

async function claim(ben: OlmMachine, { one_time_keys: keys }: Uploaded): Promise<void> {
  const request: KeysClaimRequest = (await ben.getMissingSessions([new UserId(ADA)]))!;
  const [[id, key]] = Object.entries(keys) as [[string, unknown]];
  const claimed = { one_time_keys: { [ADA]: { ADA: { [id]: key } } }, failures: {} };
  await ben.markRequestAsSent(request.id, request.type, JSON.stringify(claimed));
}

/** Ben writes under a fresh key, which goes to Ada. */
async function write(ben: OlmMachine, body: string): Promise<Message> {
  const room = new RoomId(ROOM);
  await ben.invalidateGroupSession(room);
  const settings = new EncryptionSettings();
  const [request] = await ben.shareRoomKey(room, [new UserId(ADA)], settings);
  const { messages } = JSON.parse(request!.body) as {
    messages: Record<string, Record<string, object>>;
  };
  await ben.markRequestAsSent(request!.id, request!.type, '{}');
  const content = await ben.encryptRoomEvent(room, 'm.room.message', JSON.stringify({ body }));
  return {
    toDevice: { type: 'm.room.encrypted', sender: BEN, content: messages[ADA]!['ADA'] },
    event: JSON.stringify({
      type: 'm.room.encrypted',
      event_id: `$${body}`,
      sender: BEN,
      room_id: ROOM,
      origin_server_ts: 0,
      content: JSON.parse(content) as object,
    }),
  };
}

/** Ada and Ben, who has written her `bodies`, and has never written her before. */
async function startTalk(folder: string, bodies: readonly string[]) {
  const ada = await openAda(folder);
  const ben = await OlmMachine.initialize(new UserId(BEN), new DeviceId('BEN'));
  const keys = await publish(ada);
  await learn(ada, BEN, await publish(ben));
  await learn(ben, ADA, keys);
  await claim(ben, keys);
  const messages: Message[] = [];
  for (const body of bodies) messages.push(await write(ben, body));
  return { ada, ben, messages };
}

function receive(ada: OlmMachine, messages: readonly Message[]): Promise<unknown> {
  const events = JSON.stringify(messages.map(({ toDevice }) => toDevice));
  return ada.receiveSyncChanges(events, new DeviceLists(), new Map([['signed_curve25519', 50]]));
}

async function readable(ada: OlmMachine, messages: readonly Message[]): Promise<boolean[]> {
  const settings = new DecryptionSettings(TrustRequirement.Untrusted);
  const room = new RoomId(ROOM);
  const opened = messages.map(({ event }) =>
    ada.decryptRoomEvent(event, room, settings).then(
      () => true,
      () => false,
    ),
  );
  return Promise.all(opened);
}

function copy(from: string): string {
  const to = temporaryFolder();
  for (const name of readdirSync(from).filter((each) => !each.endsWith('.lock'))) {
    copyFileSync(join(from, name), join(to, name));
  }
  return to;
}

/** The disk as the end of the process would leave it after each write that Ada was told of. */
async function diskAfterEachWrite(folder: string, work: () => Promise<void>): Promise<string[]> {
  const disks = [copy(folder)];
  const { prototype } = IDBDatabase;
  const begin = Reflect.get(prototype, 'transaction') as IDBDatabase['transaction'];
  const watched: IDBDatabase['transaction'] = function (this: IDBDatabase, ...given) {
    const transaction = begin.apply(this, given);
    if (transaction.mode === 'readwrite') {
      transaction.addEventListener('complete', () => disks.push(copy(folder)));
    }
    return transaction;
  };
  Reflect.set(prototype, 'transaction', watched);
  try {
    await work();
  } finally {
    Reflect.set(prototype, 'transaction', begin);
  }
  return [...disks, copy(folder)];
}

describe('the first messages of another device', () => {
  it('can be read wherever the process ended, when the server sends their keys again', async () => {
    const folder = temporaryFolder();
    const { ada, messages } = await startTalk(folder, ['one', 'two']);
    const whole = new WholeSyncs(store!.crypto.indexedDB);
    const disks = await diskAfterEachWrite(folder, async () => {
      const unsaved = whole.begin();
      await receive(ada, messages);
      unsaved.keep();
    });
    expect(disks.length).toBeGreaterThan(4);
    ada.close();

    const outcomes: boolean[][] = [];
    for (const disk of disks) {
      const restarted = await openAda(disk);
      await receive(restarted, messages);
      outcomes.push(await readable(restarted, messages));
      restarted.close();
    }
    expect(outcomes).toEqual(disks.map(() => [true, true]));
  });
});

describe('while the keys of a sync are processed', () => {
  const base = 'https://example.org/_matrix/client/v3';
  const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it.each(['keep', 'drop'] as const)(
    'nothing made with keys goes out before the %s',
    async (end) => {
      store = openProfileStore(temporaryFolder(), KEY);
      const whole = new WholeSyncs(store.crypto.indexedDB);
      const asked: string[] = [];
      const fetch = whole.guard((input) => {
        asked.push((input as string).slice(base.length));
        return Promise.resolve(new Response());
      });
      const unsaved = whole.begin();
      const message = fetch(`${base}/rooms/!a:b/send/m.room.encrypted/t1`, { method: 'PUT' });
      await fetch(`${base}/sync?since=s1`);
      await nextTurn();
      expect(asked).toEqual(['/sync?since=s1']);
      unsaved[end]();
      await message;
      expect(asked).toEqual(['/sync?since=s1', '/rooms/!a:b/send/m.room.encrypted/t1']);
    },
  );
});
