/** Opens the profile: store key from the keychain, store and account in the engine. */
import type { ErrorCode } from '../preload/errors';
import type { Account, AppState } from '../preload/model/app';
import type { ProvenRecoveryKey } from './engine/protocol';
import { HoldfastError, toBridgeError } from './holdfast-error';
import type { ValueSource } from './topics/value-source';
import type { Keychain } from './vault/keychain';
import { unlockVault } from './vault/vault';

export interface ProfileParts {
  readonly profileDir: string;
  readonly app: ValueSource<AppState>;
  readonly keychain: Keychain;
  readonly storeExists: () => Promise<boolean>;
  readonly openEngine: (storeKey: Uint8Array) => Promise<void>;
  readonly closeEngine: () => Promise<void>;
}

export class Profile {
  readonly #parts: ProfileParts;
  #opening: Promise<void> | null = null;

  constructor(parts: ProfileParts) {
    this.#parts = parts;
  }

  /**
   * Opens the profile, or says in the app's state why it can't be opened; never rejects. A second
   * call while one is under way waits for the same attempt; an open profile stays as it is.
   */
  async open(): Promise<void> {
    const { phase } = this.#parts.app.value;
    if (phase === 'signed_in' || phase === 'signed_out') return;
    this.#opening ??= this.#open().finally(() => {
      this.#opening = null;
    });
    await this.#opening;
  }

  /**
   * Opens the profile anew after the engine crashed; never rejects. An attempt that was under way
   * ends first: it fails with the crash, or has gone on to a fresh engine.
   */
  async reopen(): Promise<void> {
    this.#parts.app.set({ phase: 'starting' });
    await this.#opening;
    await this.open();
  }

  /** What the engine says of who is signed in. */
  accountChanged(account: Account | null): void {
    this.#parts.app.set(
      account === null ? { phase: 'signed_out' } : { phase: 'signed_in', account },
    );
  }

  /** The open store turned out to be unusable: closes it and says so. */
  async storeFailed(code: ErrorCode): Promise<void> {
    this.unavailable(code);
    await this.#parts.closeEngine();
  }

  /** Shows that the store can't be used, and which ways out there are. */
  unavailable(code: ErrorCode): void {
    this.#parts.app.set({
      phase: 'store_unavailable',
      problem: { code, ways: ['retry'], phraseKnown: false },
    });
  }

  async openByRecoveryKey(_text: string): Promise<void> {
    throw notOffered();
  }

  async choosePassphrase(_passphrase: string, _repeated: string): Promise<void> {
    throw notOffered();
  }

  async enterPassphrase(_passphrase: string): Promise<void> {
    throw notOffered();
  }

  async keepAside(): Promise<void> {
    throw notOffered();
  }

  async moveToKeychain(): Promise<void> {
    throw notOffered();
  }

  async recoveryKeyKnown({ privateKey }: ProvenRecoveryKey): Promise<void> {
    privateKey.fill(0);
  }

  async #open(): Promise<void> {
    const { profileDir, keychain, storeExists, app, openEngine } = this.#parts;
    app.set({ phase: 'starting' });
    let storeKey: Uint8Array | null = null;
    try {
      storeKey = await unlockVault({ profileDir, keychain, storeExists });
      await openEngine(storeKey);
    } catch (error) {
      this.unavailable(toBridgeError(error).code);
    } finally {
      storeKey?.fill(0);
    }
  }
}

function notOffered(): HoldfastError {
  return new HoldfastError('not_allowed', 'Not offered now');
}
