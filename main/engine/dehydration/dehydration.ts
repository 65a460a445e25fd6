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
import type { OpenKey } from '../../recovery-key/unlock';
import { singleFlight } from '../keys/health/single-flight';
import type { KeysContext } from '../keys/keys-context';
import { olmMachineOf } from '../keys/olm-machine';
import { dehydrationSecret } from '../keys/secrets/secret-storage';
import { DehydratedDeviceServer, type DehydratedDevice } from './dehydrated-device-server';
import { readRecord, writeRecord, type DehydrationRecord } from './dehydration-record';

/** Milliseconds: the one-time keys of a dehydrated device are used up over time. */
const replaceAfterMs = 7 * 86_400_000;
const displayName = 'Holdfast (signed out)';

export class Dehydration {
  readonly #context: KeysContext;
  readonly #server: DehydratedDeviceServer;

  constructor(context: KeysContext) {
    this.#context = context;
    this.#server = new DehydratedDeviceServer(context.client, context.stopped);
    const stop = context.topics.keys.subscribe(({ state }) => {
      // Every answer of the server is an occasion to do what it did not answer before.
      if (state === 'ready' || state === 'uploading') this.#goOn();
    });
    context.stopped.addEventListener('abort', stop, { once: true });
  }

  /**
   * With the recovery key at hand: the key of dehydrated devices comes from secret storage, or is
   * put there. The caller wipes its own copy of the recovery key whenever it likes.
   */
  opened({ id, bytes }: OpenKey): void {
    const key = { id, bytes: bytes.slice() };
    void this.#takeKey(key)
      .then((has) => {
        if (has) this.#change({ toTakeIn: true });
        this.#goOn();
      })
      .catch(() => undefined)
      .finally(() => key.bytes.fill(0));
  }

  #goOn(): void {
    void this.#run().catch(() => undefined);
  }

  /** False where the server has no dehydrated devices, or another recovery key opens theirs. */
  async #takeKey(key: OpenKey): Promise<boolean> {
    if ((await this.#server.find()) === 'unsupported') return false;
    const { secretStorage } = this.#context;
    const stored = await secretStorage.read(dehydrationSecret, key);
    if (stored !== null) {
      await withKey(keyOf(stored), (stored) => this.#devices.saveDehydratedDeviceKey(stored));
      return true;
    }
    const here = await this.#devices.getDehydratedDeviceKey();
    if (here === undefined && (await secretStorage.isStored(dehydrationSecret))) return false;
    await withKey(here ?? DehydratedDeviceKey.createRandomKey(), async (made) => {
      // In storage first: a device that only lost memory could open is made by nobody.
      await secretStorage.write(dehydrationSecret, made.toBase64(), key);
      await this.#devices.saveDehydratedDeviceKey(made);
    });
    return true;
  }

  readonly #run = singleFlight(async () => {
    const record = this.#record;
    if (record === null || this.#hasEnded()) return;
    const { made, toTakeIn } = record;
    const isFresh = made !== null && Date.now() - made.at < replaceAfterMs && made.at <= Date.now();
    const { isMine, masterKey } = await this.#context.identity.published();
    if (isFresh && !toTakeIn && masterKey === made.identity) return;

    const there = await this.#server.find();
    if (there === 'unsupported' || this.#hasEnded()) return;
    const isAnothers = there !== null && there.device_id !== made?.deviceId;
    if (isAnothers && !toTakeIn && masterKey === made?.identity) {
      // Another device of the account keeps one now: they would replace each other's for ever.
      this.#change({ made: { deviceId: there.device_id, at: Date.now(), identity: masterKey } });
      return;
    }
    if (there !== null) await this.#takeIn(there);
    if (this.#hasEnded() || masterKey === null || !isMine || !(await this.#maySign())) return;
    const deviceId = await this.#make();
    this.#change({ toTakeIn: false, made: { deviceId, at: Date.now(), identity: masterKey } });
  });

  /**
   * Brings here what was sent to it. What is cut off begins anew the next time: the server keeps it
   * until another takes its place.
   */
  async #takeIn(there: DehydratedDevice): Promise<void> {
    const key = await this.#devices.getDehydratedDeviceKey();
    if (key === undefined) throw new Error('The key of the dehydrated device is not here');
    const device = await withKey(key, (own) => {
      const data = JSON.stringify(there.device_data);
      return this.#devices.rehydrate(own, new DeviceId(there.device_id), data);
    }).catch(() => null);
    // Nobody who has the account's recovery key could open it.
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
    const before = this.#record ?? { deviceId: account.deviceId, toTakeIn: false, made: null };
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

function keyOf(base64: string): DehydratedDeviceKey {
  const bytes = new Uint8Array(Buffer.from(base64, 'base64'));
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
