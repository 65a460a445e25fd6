/**
 * Keeps a dehydrated device for the account where its server can: keys that are sent while no device
 * of the account is signed in wait there, and come when the recovery key is entered again.
 *
 * matrix-js-sdk has the same, but makes a new dehydrated device even where it could not take in what
 * was sent to the one before, which is deleted by that (I1), and writes secret storage by itself.
 */
import {
  DehydratedDeviceKey,
  DeviceId,
  type DehydratedDevices,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import { HoldfastError } from '../../holdfast-error';
import type { OpenKey } from '../../recovery-key/unlock';
import { singleFlight } from '../keys/health/single-flight';
import type { KeysContext } from '../keys/keys-context';
import { olmMachineOf } from '../keys/olm-machine';
import { dehydrationSecret } from '../keys/secrets/secret-storage';
import { DehydratedDeviceServer, type DehydratedDevice } from './dehydrated-device-server';
import { readRecord, writeRecord, type DehydrationRecord } from './dehydration-record';
import { isStillStored, type StoredKey } from './stored-key';

/** Milliseconds: the one-time keys of a dehydrated device are used up over time. */
const replaceAfterMs = 7 * 86_400_000;
const displayName = 'Holdfast (signed out)';

export class Dehydration {
  readonly #context: KeysContext;
  readonly #server: DehydratedDeviceServer;
  /** The recovery key, until the next run has taken it. */
  #open: OpenKey | null = null;

  constructor(context: KeysContext) {
    this.#context = context;
    this.#server = new DehydratedDeviceServer(context.client, context.stopped);
    const stop = context.topics.keys.subscribe(({ state }) => {
      // Every answer of the server is an occasion to do what it did not answer before.
      if (state === 'ready' || state === 'uploading') this.#goOn();
    });
    const end = (): void => {
      stop();
      this.#open?.bytes.fill(0);
      this.#open = null;
    };
    context.stopped.addEventListener('abort', end, { once: true });
  }

  /**
   * With the recovery key at hand: the key of dehydrated devices comes from secret storage, or is
   * put there. The caller wipes its own copy of the recovery key whenever it likes.
   */
  opened({ id, bytes }: OpenKey): void {
    this.#open?.bytes.fill(0);
    this.#open = { id, bytes: bytes.slice() };
    this.#goOn();
  }

  #goOn(): void {
    void this.#run().catch(() => undefined);
  }

  readonly #run = singleFlight(async () => {
    await this.#takeOpenKey();
    const record = this.#record;
    if (record?.key == null || this.#hasEnded()) return;
    const { key, made, toTakeIn } = record;
    const isFresh = made !== null && Date.now() - made.at < replaceAfterMs && made.at <= Date.now();
    const { isMine, masterKey } = await this.#context.identity.published();
    if (isFresh && !toTakeIn && masterKey === made.identity) return;

    const there = await this.#server.find();
    if (there === 'unsupported' || this.#hasEnded()) return;
    if (there !== null && !toTakeIn && !isOwn(there, record)) {
      // Whoever made it keeps it: they would replace each other's for ever.
      const noted = { deviceId: there.device_id, at: Date.now(), isOwn: false };
      if (masterKey !== null) this.#change({ made: { ...noted, identity: masterKey } });
      return;
    }
    if (there !== null) await this.#takeIn(there, await this.#devices.getDehydratedDeviceKey());
    // After the device: who makes another key stores it before making a device.
    if (!(await this.#isCurrent(key))) {
      // With another key in storage, this one proves nothing, and would make what nobody can open.
      this.#change({ key: null, toTakeIn: false });
      return;
    }
    if (this.#hasEnded() || masterKey === null || !isMine || !(await this.#maySign())) return;
    const still = await this.#server.find();
    if (still === 'unsupported' || still?.device_id !== there?.device_id) return;
    const deviceId = await this.#make();
    const own = { deviceId, at: Date.now(), identity: masterKey, isOwn: true };
    this.#change({ toTakeIn: false, made: own });
  });

  async #takeOpenKey(): Promise<void> {
    const open = this.#open;
    if (open === null) return;
    this.#open = null;
    try {
      await this.#takeKey(open);
    } finally {
      open.bytes.fill(0);
    }
  }

  /** Takes nothing where the server has no dehydrated devices, or another recovery key opens theirs. */
  async #takeKey(open: OpenKey): Promise<void> {
    const there = await this.#server.find();
    const { secretStorage } = this.#context;
    if (there === 'unsupported' || (await secretStorage.defaultKeyId()) !== open.id) return;
    const here = await this.#secretHere();
    const stored = await secretStorage.read(dehydrationSecret, open);
    if (stored === null && there !== null && (await this.#isOpenedElsewhere(there, here))) return;
    const secret = stored ?? (await this.#secretToStore(here));
    const isSame = here !== null && bytesOf(here).equals(bytesOf(secret));
    // The last moment at which the key that was here opens anything.
    if (here !== null && !isSame && there !== null) await this.#takeIn(there, keyOf(here));
    // In storage first: a device that only lost memory could open is made by nobody.
    if (stored === null) await secretStorage.write(dehydrationSecret, secret, open);
    // Before the secret: one that is stored meanwhile has another mark.
    const mark = await secretStorage.markOf(dehydrationSecret, open.id);
    const found = await secretStorage.read(dehydrationSecret, open);
    if (mark === null || found === null || !bytesOf(found).equals(bytesOf(secret))) {
      throw new HoldfastError('changed_elsewhere', 'The key of dehydrated devices was replaced');
    }
    await withKey(keyOf(found), (key) => this.#devices.saveDehydratedDeviceKey(key));
    const isKept = isSame && there !== null && isOwn(there, this.#record);
    this.#change({
      toTakeIn: !isKept,
      key: { storageKeyId: open.id, mark },
      ...(isKept ? {} : { made: null }),
    });
  }

  /** Whether it may be that only a key that is stored for another recovery key opens it. */
  async #isOpenedElsewhere(there: DehydratedDevice, here: string | null): Promise<boolean> {
    const { secretStorage, identity } = this.#context;
    const record = this.#record;
    if (isOwn(there, record) || !(await secretStorage.isStored(dehydrationSecret))) return false;
    const key = record?.key ?? null;
    if (here !== null && key !== null && (await isStillStored(this.#context, key))) return false;
    // One of an identity that the account had before is sent nothing any more.
    return identity.hasSigned(there.device_id);
  }

  /** Who replaced the identity did not want the old recovery key to open what comes after. */
  async #secretToStore(here: string | null): Promise<string> {
    const { masterKey } = await this.#context.identity.published();
    if (here !== null && this.#record?.made?.identity === masterKey) return here;
    const made = DehydratedDeviceKey.createRandomKey();
    try {
      return made.toBase64();
    } finally {
      made.free();
    }
  }

  async #secretHere(): Promise<string | null> {
    const key = await this.#devices.getDehydratedDeviceKey();
    if (key === undefined) return null;
    return withKey(key, (here) => Promise.resolve(here.toBase64()));
  }

  /** Whether secret storage still holds, for the account's recovery key, the key that is here. */
  async #isCurrent(key: StoredKey): Promise<boolean> {
    const defaultId = await this.#context.secretStorage.defaultKeyId();
    return defaultId === key.storageKeyId && isStillStored(this.#context, key);
  }

  /**
   * Brings here what was sent to it, if that key opens it. What is cut off begins anew the next
   * time: the server keeps it until another takes its place.
   *
   * @throws {Error} where it can't be known whether the key opens it, or not all of it came
   */
  async #takeIn(there: DehydratedDevice, key: DehydratedDeviceKey | undefined): Promise<void> {
    if (key === undefined) throw new Error('The key of the dehydrated device is not here');
    const data = JSON.stringify(there.device_data);
    const device = await withKey(key, (own) =>
      this.#devices.rehydrate(own, new DeviceId(there.device_id), data),
    ).catch((error: unknown) => {
      if (isOfAnotherKey(error)) return null;
      throw error;
    });
    if (device === null) return;
    for await (const events of this.#server.events(there.device_id)) {
      if (this.#hasEnded()) throw new Error('The session has ended');
      await device.receiveEvents(JSON.stringify(events));
    }
  }

  async #make(): Promise<string> {
    const key = await this.#devices.getDehydratedDeviceKey();
    if (key === undefined) throw new Error('The key of dehydrated devices is not here');
    return withKey(key, async (own) => {
      const device = await this.#devices.create();
      const { body } = await device.keysForUpload(displayName, own);
      return this.#server.replace(body);
    });
  }

  /** One that the identity has not signed would be sent nothing by careful clients. */
  async #maySign(): Promise<boolean> {
    const status = await olmMachineOf(this.#context.client).crossSigningStatus();
    try {
      return status.hasSelfSigning;
    } finally {
      status.free();
    }
  }

  #change(changed: Partial<DehydrationRecord>): void {
    const { store, account } = this.#context;
    const before = this.#record ?? {
      deviceId: account.deviceId,
      toTakeIn: false,
      key: null,
      made: null,
    };
    writeRecord(store.crypto.records, { ...before, ...changed });
  }

  get #record(): DehydrationRecord | null {
    const { store, account } = this.#context;
    return readRecord(store.crypto.records, account.deviceId);
  }

  get #devices(): DehydratedDevices {
    return olmMachineOf(this.#context.client).dehydratedDevices();
  }

  #hasEnded(): boolean {
    return this.#context.stopped.aborted;
  }
}

function isOwn({ device_id: id }: DehydratedDevice, record: DehydrationRecord | null): boolean {
  return record?.made?.isOwn === true && record.made.deviceId === id;
}

/** The crypto library has no code for it. What it says otherwise proves nothing about the key. */
function isOfAnotherKey(error: unknown): boolean {
  return error instanceof Error && error.message.startsWith("The pickle couldn't be decrypted");
}

function bytesOf(base64: string): Buffer {
  return Buffer.from(base64, 'base64');
}

function keyOf(base64: string): DehydratedDeviceKey {
  const bytes = new Uint8Array(bytesOf(base64));
  try {
    return DehydratedDeviceKey.createKeyFromArray(bytes);
  } finally {
    bytes.fill(0);
  }
}

async function withKey<Result>(
  key: DehydratedDeviceKey,
  use: (key: DehydratedDeviceKey) => Promise<Result>,
): Promise<Result> {
  try {
    return await use(key);
  } finally {
    key.free();
  }
}
