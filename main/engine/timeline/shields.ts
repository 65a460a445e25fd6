/** What is known of how each message was encrypted, looked up once per event. */
import type { MatrixEvent } from 'matrix-js-sdk';
import {
  EventShieldColour,
  EventShieldReason,
  type CryptoApi,
} from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { Shield } from '../../../preload/model/rooms';

function shieldOfReason(reason: EventShieldReason): Shield {
  switch (reason) {
    case EventShieldReason.UNVERIFIED_IDENTITY:
    case EventShieldReason.UNSIGNED_DEVICE:
    case EventShieldReason.VERIFICATION_VIOLATION:
      return 'unverified_sender';
    case EventShieldReason.UNKNOWN_DEVICE:
      return 'unknown_device';
    default:
      return 'authenticity_not_guaranteed';
  }
}

export class Shields {
  readonly #crypto: CryptoApi;
  readonly #found: (event: MatrixEvent) => void;
  #known = new WeakMap<MatrixEvent, Shield>();
  #asked = new WeakSet<MatrixEvent>();

  /** @param found told when a shield that was asked for is known */
  constructor(crypto: CryptoApi, found: (event: MatrixEvent) => void) {
    this.#crypto = crypto;
    this.#found = found;
  }

  /** `none` until the crypto library has answered. */
  of(event: MatrixEvent, roomEncrypted: boolean): Shield {
    if (event.isState() || event.isRedacted()) return 'none';
    if (event.status !== null) return roomEncrypted ? 'encrypted' : 'none';
    if (!event.isEncrypted()) return roomEncrypted ? 'not_encrypted' : 'none';
    if (event.getClearContent() === null || event.isDecryptionFailure()) return 'none';
    if (!this.#asked.has(event)) void this.#ask(event);
    return this.#known.get(event) ?? 'none';
  }

  /** Trust has changed: what is known stays until it is looked up anew. */
  lookUpAgain(): void {
    this.#asked = new WeakSet();
  }

  /** Forgets one event, after it was decrypted by another key. */
  forget(event: MatrixEvent): void {
    this.#asked.delete(event);
    this.#known.delete(event);
  }

  async #ask(event: MatrixEvent): Promise<void> {
    this.#asked.add(event);
    const shield = await this.#lookUp(event);
    if (this.#known.get(event) === shield) return;
    this.#known.set(event, shield);
    this.#found(event);
  }

  async #lookUp(event: MatrixEvent): Promise<Shield> {
    try {
      const info = await this.#crypto.getEncryptionInfoForEvent(event);
      if (info === null) return 'none';
      if (info.shieldColour === EventShieldColour.NONE || info.shieldReason === null) {
        return 'encrypted';
      }
      // Before cross-signing is set up this very device is unsigned too; it knows itself.
      if (
        info.shieldReason === EventShieldReason.UNSIGNED_DEVICE &&
        event.getClaimedEd25519Key() === (await this.#crypto.getOwnDeviceKeys()).ed25519
      ) {
        return 'encrypted';
      }
      return shieldOfReason(info.shieldReason);
    } catch {
      // The crypto library could not judge (or was stopped meanwhile): claim nothing.
      return 'authenticity_not_guaranteed';
    }
  }
}
