/** The account's devices: who they are, whether they are verified, and which are new. */
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { z } from 'zod';
import type { DeviceStatus, DeviceTrust, OwnDevice } from '../../../preload/model/devices';
import type { DeviceId } from '../../../preload/model/ids';
import type { AccountContext } from '../account-context';
import { singleFlight } from '../keys/health/single-flight';
import { cryptoOf } from '../keys/olm-machine';
import { requestError } from '../session/request-error';
import { listen } from '../sync/listen';
import { nameApart, ownDeviceName } from './device-name';
import {
  afterLook,
  readDeviceRecord,
  restsUntil,
  snoozed,
  writeDeviceRecord,
  type DeviceRecord,
} from './device-record';

/** Milliseconds: timers do not count the time a computer sleeps. */
const lookEveryMs = 3_600_000;

const listed = z.object({
  devices: z.array(
    z.object({
      device_id: z.string().min(1),
      display_name: z.string().nullish(),
      last_seen_ts: z.number().nullish(),
    }),
  ),
});

type Listed = z.infer<typeof listed>['devices'][number];

export class OwnDevices {
  readonly #context: AccountContext;
  readonly #look: () => Promise<void>;
  #problem: DeviceStatus['problem'] = null;
  #list: DeviceStatus['list'] = 'loading';
  #timer: NodeJS.Timeout | null = null;
  /** Devices whose keys the server was asked for. */
  readonly #asked = new Set<string>();

  constructor(context: AccountContext) {
    this.#context = context;
    this.#look = singleFlight(() => this.#survey());
    const { client, stopped, account, topics } = context;
    const lookAgain = (): void => void this.refresh();
    const ofOwn = (userIds: readonly string[]): void => {
      if (userIds.includes(account.userId)) lookAgain();
    };
    listen(client, stopped, {
      [CryptoEvent.DevicesUpdated]: ofOwn,
      [CryptoEvent.UserTrustStatusChanged]: (userId) => ofOwn([userId]),
      [CryptoEvent.KeysChanged]: lookAgain,
    });
    const stop = topics.connection.subscribe(({ state }) => {
      if (state === 'online') lookAgain();
    });
    // A device without keys signs in without a word to the others.
    const hourly = setInterval(lookAgain, lookEveryMs);
    hourly.unref();
    const ended = (): void => {
      stop();
      clearInterval(hourly);
      this.#wakeIn(null);
    };
    stopped.addEventListener('abort', ended, { once: true });
  }

  /** Asks the server anew; what fails shows in the topic. */
  async refresh(): Promise<void> {
    if (!this.#context.stopped.aborted) await this.#look();
  }

  /** @throws {HoldfastError} what the server says */
  async rename(deviceId: DeviceId, name: string): Promise<void> {
    await this.#context.client
      .setDeviceDetails(deviceId, { display_name: name })
      .catch((error: unknown) => {
        throw requestError(error, { M_NOT_FOUND: 'device_gone' });
      });
    await this.refresh();
  }

  /**
   * Numbers this device where it has just signed in under a name that another one has. Never rejects:
   * it then keeps that name, and its id tells it apart.
   */
  async nameApart(): Promise<void> {
    const { client, account } = this.#context;
    try {
      const { devices } = listed.parse(await client.getDevices());
      const isThis = ({ device_id: id }: Listed): boolean => id === account.deviceId;
      if (devices.find(isThis)?.display_name !== ownDeviceName) return;
      const others = devices.filter((device) => !isThis(device));
      const names = others.map(({ display_name: name }) => name ?? null);
      const name = nameApart(ownDeviceName, names);
      if (name !== null) await this.rename(account.deviceId, name);
    } catch {
      // Not worth a word: nothing but a number is missing.
    }
  }

  /** Puts the question about new devices off; it comes back while they are not verified. */
  snooze(): void {
    const record = this.#record;
    if (record === null) return;
    this.#write(snoozed(record, this.#unfamiliar(record, Date.now()), Date.now()));
    this.#publish();
  }

  async #survey(): Promise<void> {
    const { client, topics, account, stopped } = this.#context;
    try {
      const { devices } = listed.parse(await client.getDevices());
      const trusted = await this.#trust(devices.map(({ device_id: id }) => id));
      if (stopped.aborted) return;
      const ids = devices.map(({ device_id: id }) => id);
      const owner = { userId: account.userId, seenFrom: account.deviceId };
      const record = afterLook(this.#record, owner, ids, Date.now());
      this.#write(record);
      topics.devices.replace(devices.map((device) => this.#described(device, trusted, record)));
      this.#list = 'fresh';
      this.#problem = null;
    } catch (error) {
      if (stopped.aborted) return;
      this.#list = topics.devices.items.length === 0 ? this.#list : 'stale';
      this.#problem = requestError(error).code;
    }
    this.#publish();
  }

  #described(
    device: Listed,
    trusted: ReadonlyMap<string, DeviceTrust>,
    record: DeviceRecord,
  ): OwnDevice {
    const id = device.device_id;
    const noticedAt = record.noticedAt[id] ?? 0;
    return {
      id: id as DeviceId,
      name: nameOf(device),
      isThis: id === this.#context.account.deviceId,
      trust: trusted.get(id) ?? 'no_keys',
      lastSeenAt: device.last_seen_ts ?? null,
      noticedAt: noticedAt === 0 ? null : noticedAt,
    };
  }

  /** By the identity that this device is verified by; without one, others can't be judged. */
  async #trust(deviceIds: readonly string[]): Promise<ReadonlyMap<string, DeviceTrust>> {
    const { client, account } = this.#context;
    const crypto = cryptoOf(client);
    await this.#learnKeys(deviceIds);
    const own = await crypto.getDeviceVerificationStatus(account.userId, account.deviceId);
    const canJudge = own?.crossSigningVerified === true;
    const judged = await Promise.all(
      deviceIds.map(async (id): Promise<readonly [string, DeviceTrust]> => {
        const status = await crypto.getDeviceVerificationStatus(account.userId, id);
        if (status === null) return [id, 'no_keys'];
        if (status.crossSigningVerified) return [id, 'verified'];
        return [id, canJudge || id === account.deviceId ? 'unverified' : 'unknown'];
      }),
    );
    return new Map(judged);
  }

  /** That a device has no keys is believed only of the server: they may not have been asked for yet. */
  async #learnKeys(deviceIds: readonly string[]): Promise<void> {
    const { client, account } = this.#context;
    const crypto = cryptoOf(client);
    const known = (await crypto.getUserDeviceInfo([account.userId])).get(account.userId);
    const unknown = deviceIds.filter((id) => known?.has(id) !== true && !this.#asked.has(id));
    if (unknown.length === 0) return;
    // Asks for the devices too, whatever it answers about identities.
    await crypto.userHasCrossSigningKeys(account.userId, true);
    for (const id of unknown) this.#asked.add(id);
  }

  #unfamiliar(record: DeviceRecord, now: number): readonly DeviceId[] {
    return this.#questionable.filter((id) => restsUntil(record, id, now) <= now);
  }

  get #questionable(): readonly DeviceId[] {
    return this.#context.topics.devices.items
      .filter(({ isThis, trust, noticedAt }) => !isThis && isOpen(trust) && noticedAt !== null)
      .map(({ id }) => id);
  }

  #publish(): void {
    const record = this.#record;
    const now = Date.now();
    this.#context.topics.deviceStatus.set({
      list: this.#list,
      problem: this.#problem,
      unfamiliar: record === null ? [] : this.#unfamiliar(record, now),
    });
    const rests = this.#questionable
      .map((id) => (record === null ? 0 : restsUntil(record, id, now)))
      .filter((until) => until > now);
    this.#wakeIn(rests.length === 0 ? null : Math.min(...rests) - now);
  }

  #wakeIn(ms: number | null): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    if (ms === null || this.#context.stopped.aborted) return;
    this.#timer = setTimeout(() => this.#publish(), Math.min(ms + 1, lookEveryMs));
    this.#timer.unref();
  }

  get #record(): DeviceRecord | null {
    const { store, account } = this.#context;
    const owner = { userId: account.userId, seenFrom: account.deviceId };
    return readDeviceRecord(store.crypto.records, owner);
  }

  #write(record: DeviceRecord): void {
    writeDeviceRecord(this.#context.store.crypto.records, record);
  }
}

/** Whether a new device is to be asked about. */
function isOpen(trust: DeviceTrust): boolean {
  return trust === 'unverified' || trust === 'no_keys';
}

function nameOf({ display_name: name }: Listed): string | null {
  const trimmed = name?.trim() ?? '';
  return trimmed === '' ? null : trimmed;
}
