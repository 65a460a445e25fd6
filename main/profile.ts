/** Opens the profile: store key from the vault, store and account in the engine. */
import type { ErrorCode } from '../preload/errors';
import type { Account, AppState, StoreWayOut } from '../preload/model/app';
import type { ProvenRecoveryKey } from './engine/protocol';
import { withStoreCode } from './engine/store-error';
import { HoldfastError, toBridgeError } from './holdfast-error';
import { SerialQueue } from './serial-queue';
import { storeProblem } from './store-problem';
import type { ValueSource } from './topics/value-source';
import type { Unlocked, Vault } from './vault/vault';

export interface ProfileParts {
  readonly app: ValueSource<AppState>;
  readonly vault: Vault;
  readonly openEngine: (storeKey: Uint8Array) => Promise<unknown>;
  /** Closes the store, too; opening the engine works again afterwards. */
  readonly closeEngine: () => Promise<void>;
  readonly keptAside: {
    /** The folder in which an earlier attempt now ended; null where there was none. */
    readonly finish: () => Promise<string | null>;
    /** Moves store and vault aside and gives their folder's name. */
    readonly keep: () => Promise<string>;
    /** Moves everything of the profile aside. */
    readonly remove: () => Promise<string>;
  };
}

export class Profile {
  readonly #parts: ProfileParts;
  #opening: Promise<void> | null = null;
  /** Whatever opens or closes the store takes turns. */
  readonly #turns = new SerialQueue();
  /** The folder of a store put aside since the app started. */
  #keptAside: string | null = null;

  constructor(parts: ProfileParts) {
    this.#parts = parts;
  }

  /**
   * Opens the profile, or says in the app's state what is asked for or why it can't be opened; never
   * rejects. A second call while one is under way waits for the same attempt; an open profile stays
   * as it is.
   */
  async open(): Promise<void> {
    if (this.#isOpen()) return;
    this.#opening ??= this.#turns
      .run(() => this.#openUnlessOpen())
      .finally(() => {
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

  /**
   * Opens the store with the recovery key, a text that holds it, or the security phrase.
   *
   * @throws {HoldfastError} what {@link Vault.openByRecoveryKey} says; the state stays then
   */
  async openByRecoveryKey(text: string): Promise<void> {
    await this.#turns.run(async () => {
      await this.#goOn(await this.#parts.vault.openByRecoveryKey(text));
    });
  }

  /** @throws {HoldfastError} `phrase_mismatch`, `phrase_too_weak`, or what the disk says */
  async choosePassphrase(passphrase: string, repeated: string): Promise<void> {
    await this.#turns.run(async () => {
      await this.#parts.vault.choosePassphrase(passphrase, repeated);
      await this.#goOn('open');
    });
  }

  /** @throws {HoldfastError} `passphrase_wrong` */
  async enterPassphrase(passphrase: string): Promise<void> {
    await this.#turns.run(async () => {
      await this.#parts.vault.enterPassphrase(passphrase);
      await this.#goOn('open');
    });
  }

  /** @throws {HoldfastError} what {@link Vault.lockByPassphrase} says */
  lockByPassphrase(passphrase: string, repeated: string): Promise<void> {
    return this.#parts.vault.lockByPassphrase(passphrase, repeated);
  }

  moveToKeychain(): Promise<void> {
    return this.#parts.vault.moveToKeychain();
  }

  /**
   * Puts the store aside, which the person has asked for, and begins anew.
   *
   * @throws {HoldfastError} `not_allowed` unless the present problem offers it, or what the disk says
   */
  async keepAside(): Promise<void> {
    await this.#turns.run(async () => {
      if (!this.#offers('keep_aside')) throw notOffered();
      const { vault, keptAside, closeEngine } = this.#parts;
      await closeEngine();
      await vault.lock();
      this.#keptAside = await keptAside.keep().catch((error: unknown) => {
        throw withStoreCode(error);
      });
      await this.#open();
    });
  }

  /** What the engine says of who is signed in. `handedOver`: by a sign-in that began elsewhere. */
  accountChanged(account: Account | null, handedOver = false): void {
    const { app } = this.#parts;
    if (account === null) {
      const kept = this.#keptAside;
      app.set({ phase: 'signed_out', ...(kept !== null && { keptAside: kept }) });
      return;
    }
    this.#keptAside = null;
    app.set({ phase: 'signed_in', account, ...(handedOver && { handedOver }) });
  }

  /** A sign-in that was to go on here could not: says why, and lets the person try again. */
  signInFailed(code: ErrorCode): void {
    this.#parts.app.set({ phase: 'signed_out', signInFailed: code });
  }

  /** Closes the store and forgets its key; the profile can be opened again afterwards. */
  end(): Promise<void> {
    return this.#turns.run(async () => {
      await this.#parts.closeEngine();
      await this.#parts.vault.lock();
    });
  }

  /**
   * Ends the profile and puts all that it holds aside, on the person's word.
   *
   * @returns the folder's name
   * @throws {HoldfastError} what the disk says
   */
  remove(): Promise<string> {
    return this.#turns.run(async () => {
      await this.#parts.closeEngine();
      await this.#parts.vault.lock();
      return this.#parts.keptAside.remove().catch((error: unknown) => {
        throw withStoreCode(error);
      });
    });
  }

  recoveryKeyKnown(proven: ProvenRecoveryKey): Promise<void> {
    return this.#parts.vault.recoveryKeyKnown(proven);
  }

  /** The open store turned out to be unusable: says so and closes it. */
  async storeFailed(code: ErrorCode): Promise<void> {
    await this.#turns.run(async () => {
      if (!this.#isOpen()) return;
      this.unavailable(code);
      await this.#parts.closeEngine();
    });
  }

  /** Shows that the store can't be used, and which ways out there are. */
  unavailable(code: ErrorCode): void {
    const { app, vault } = this.#parts;
    // With the right key here, another copy of it would open no more.
    const recovery = vault.storeKey === null ? vault.recovery : null;
    app.set({ phase: 'store_unavailable', problem: storeProblem(code, recovery) });
  }

  /** Forgets the store key; for the end of the app. Resolves when nothing is written any more. */
  close(): Promise<void> {
    return this.#parts.vault.lock();
  }

  /** The turn before may have opened it, on a fresh engine. */
  async #openUnlessOpen(): Promise<void> {
    if (!this.#isOpen()) await this.#open();
  }

  async #open(): Promise<void> {
    const { vault, keptAside, app } = this.#parts;
    app.set({ phase: 'starting' });
    try {
      this.#keptAside = (await keptAside.finish()) ?? this.#keptAside;
      await this.#goOn(await vault.unlock());
    } catch (error) {
      this.unavailable(toBridgeError(withStoreCode(error)).code);
    }
  }

  async #goOn(unlocked: Unlocked): Promise<void> {
    const { app, vault, openEngine } = this.#parts;
    if (unlocked !== 'open') {
      app.set({ phase: 'passphrase', asked: unlocked });
      return;
    }
    app.set({ phase: 'starting' });
    try {
      if (vault.storeKey === null) throw new HoldfastError('not_ready', 'The vault is locked');
      await openEngine(vault.storeKey);
    } catch (error) {
      this.unavailable(toBridgeError(error).code);
    }
  }

  #isOpen(): boolean {
    const { phase } = this.#parts.app.value;
    return phase === 'signed_in' || phase === 'signed_out';
  }

  #offers(way: StoreWayOut): boolean {
    const { value } = this.#parts.app;
    return value.phase === 'store_unavailable' && value.problem.ways.includes(way);
  }
}

function notOffered(): HoldfastError {
  return new HoldfastError('not_allowed', 'Not offered now');
}
