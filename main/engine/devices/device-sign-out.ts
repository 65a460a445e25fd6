import type { DeviceSignOutRisk } from '../../../preload/model/devices';
import type { DeviceId } from '../../../preload/model/ids';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import type { Keys } from '../keys/keys';
import { deviceSignOutRisk } from './device-sign-out-risk';
import type { OwnDevices } from './own-devices';

/** A deletion that the server has carried out. */
interface Deletion {
  /**
   * Once more, by what the server took as the person's word: it registers a device anew whose upload
   * of keys was under way meanwhile, as that of one which has only just signed in. Such a device has
   * no session; it would only stay in the list. Never rejects.
   */
  readonly repeat: () => Promise<void>;
}

/** Milliseconds; an upload is done by then, and nobody has signed in anew on that device yet. */
const uploadMs = 10_000;

const nothing = (): void => undefined;

/** Signing other devices of the account out: what only they hold is gone with them (I3). */
export class DeviceSignOut {
  readonly #context: AccountContext;
  readonly #keys: Keys;
  readonly #devices: OwnDevices;

  constructor(context: AccountContext, keys: Keys, devices: OwnDevices) {
    this.#context = context;
    this.#keys = keys;
    this.#devices = devices;
  }

  /** Asks server and store anew, and starts to upload what is pending. */
  async risk(): Promise<DeviceSignOutRisk> {
    const risk = await this.#keys.signOutRisk();
    return deviceSignOutRisk(risk, this.#context.topics.restore.value);
  }

  /**
   * @param acceptLoss the person's word
   * @throws {HoldfastError} `devices_needed` where this device could not read the history without
   *   the others and nobody accepted that; what asking the person and the server say
   */
  async signOut(deviceIds: readonly DeviceId[], acceptLoss: boolean): Promise<void> {
    const { account } = this.#context;
    if (deviceIds.includes(account.deviceId)) {
      throw new HoldfastError('not_allowed', 'This device is signed out by its own way');
    }
    if (!acceptLoss) await this.#requireSafe();
    let deletion: Deletion;
    try {
      deletion = await this.#delete(deviceIds);
    } finally {
      await this.#devices.refresh();
    }
    if (this.#isListed(deviceIds)) await this.#deleteAgain(deletion);
    else this.#watchFor(deviceIds, deletion);
  }

  #delete(deviceIds: readonly DeviceId[]): Promise<Deletion> {
    const { client, interactiveAuth } = this.#context;
    return interactiveAuth.run(async (auth) => {
      const send = (): Promise<unknown> => client.deleteMultipleDevices([...deviceIds], auth);
      await send();
      return { repeat: () => send().then(nothing, nothing) };
    });
  }

  /** The upload may end later than the deletion. */
  #watchFor(deviceIds: readonly DeviceId[], deletion: Deletion): void {
    const { topics, stopped } = this.#context;
    const over = AbortSignal.any([stopped, AbortSignal.timeout(uploadMs)]);
    const unfollow = topics.devices.subscribe(() => {
      if (over.aborted || !this.#isListed(deviceIds)) return;
      unfollow();
      void this.#deleteAgain(deletion);
    });
    over.addEventListener('abort', unfollow, { once: true });
  }

  async #deleteAgain(deletion: Deletion): Promise<void> {
    await deletion.repeat();
    await this.#devices.refresh();
  }

  #isListed(deviceIds: readonly DeviceId[]): boolean {
    return this.#context.topics.devices.items.some(({ id }) => deviceIds.includes(id));
  }

  async #requireSafe(): Promise<void> {
    const { obstacle, pendingKeys } = await this.risk();
    if (obstacle === null) return;
    const data = pendingKeys === null ? {} : { count: pendingKeys };
    throw new HoldfastError('devices_needed', 'Keys of the others could be lost', data);
  }
}
