/**
 * Gives the key of the profile's store, and makes one only where there is no store yet. The key lies
 * in the keychain or under an app passphrase; the account's recovery key opens it as well.
 */
import { randomUUID } from 'node:crypto';
import type { VaultState } from '../../preload/model/app';
import type { ProvenRecoveryKey } from '../engine/protocol';
import { HoldfastError } from '../holdfast-error';
import { SerialQueue } from '../serial-queue';
import type { ValueSource } from '../topics/value-source';
import type { Keychain } from './keychain';
import { keepStoreKey, readStoreKey, removeStoreKey } from './keychain-entry';
import { openByPassphrase, wrapByPassphrase } from './passphrase-wrap';
import { openByRecoveryKey, openByRecoveryText, wrapByRecoveryKey } from './recovery-wrap';
import { requireStrong } from './require-strong';
import { isStoreKey, keyCheckOf, newStoreKey, type StoreKey } from './store-key';
import { readVaultFile, writeVaultFile, type VaultFile } from './vault-file';

export const closedVault: VaultState = {
  backend: null,
  keychainUsable: false,
  recoveryWrap: false,
  locked: false,
};

export interface VaultParts {
  readonly profileDir: string;
  readonly keychain: Keychain;
  /** True where a database exists; then no new key is ever made. */
  readonly storeExists: () => Promise<boolean>;
  /** What is told of the vault. */
  readonly state: ValueSource<VaultState>;
}

/** The key is here, or an app passphrase is asked for: a new one, or the one there is. */
export type Unlocked = 'open' | 'choose' | 'enter';

export class Vault {
  readonly #parts: VaultParts;
  #file: VaultFile | null = null;
  /** False where a copy of the file is missing, damaged or old. */
  #whole = true;
  #key: StoreKey | null = null;
  /** The key came from the recovery key, and nothing keeps it for the next start yet. */
  #unkept = false;
  #choosing = false;
  readonly #changes = new SerialQueue();

  constructor(parts: VaultParts) {
    this.#parts = parts;
  }

  /** The 32 bytes; the vault wipes them in {@link lock}. Null while it is locked. */
  get storeKey(): StoreKey | null {
    return this.#unkept ? null : this.#key;
  }

  /** What the recovery key can do here; null where it can't open the store. */
  get recovery(): { readonly phraseKnown: boolean } | null {
    const wrap = this.#file?.wraps.recovery;
    return wrap === undefined ? null : { phraseKnown: wrap.phrase !== null };
  }

  /**
   * Gets the store key from where it is kept, or makes one where there is no store. Changes nothing
   * where it fails.
   *
   * @throws {HoldfastError} `keychain_unavailable`, `keychain_locked`; `store_key_missing` where
   *   the store exists but its key is nowhere; `store_key_wrong` where the entry is another key;
   *   `store_damaged`, `store_newer` of the vault's own file
   */
  async unlock(): Promise<Unlocked> {
    this.#choosing = false;
    if (this.#key !== null) return this.#unkept ? this.#keepAnew() : 'open';
    this.#file = null;
    const onDisk = await readVaultFile(this.#parts.profileDir);
    this.#file = onDisk?.file ?? null;
    this.#whole = onDisk?.whole ?? true;
    this.#tell();
    if (this.#file === null) return this.#begin();
    if (this.#file.backend === 'passphrase') return 'enter';

    const key = await readStoreKey(this.#parts.keychain, this.#file);
    if (key === null) return this.#beginOrMiss(this.#file);
    await this.#hold(key);
    return 'open';
  }

  /**
   * Opens with the recovery key, a text that holds it, or the security phrase; then keeps the key
   * anew for the next start.
   *
   * @returns `choose` where there is no keychain to keep it in
   * @throws {HoldfastError} `key_wrong`, `phrase_wrong`, `key_mistyped`, `key_incomplete`,
   *   `key_not_found`; `not_allowed` where no recovery key can open this store
   */
  async openByRecoveryKey(text: string): Promise<Unlocked> {
    const file = this.#file;
    const wrap = file?.wraps.recovery;
    if (file === null || wrap === undefined || this.#key !== null) throw notOffered();
    this.#key = checked(await openByRecoveryText(wrap, text, file.profileId), file);
    this.#unkept = true;
    return this.#keepAnew();
  }

  /**
   * Keeps the store key under a passphrase: the one that the recovery key opened, or a new one for a
   * profile without a store.
   *
   * @throws {HoldfastError} `phrase_mismatch`, `phrase_too_weak`; `not_allowed` unless it was asked
   *   for
   */
  async choosePassphrase(passphrase: string, repeated: string): Promise<void> {
    if (!this.#choosing) throw notOffered();
    await requireStrong(passphrase, repeated);
    if (this.#key === null) await this.#requireNoStore();
    const known = this.#key === null ? null : this.#file;
    const profileId = known?.profileId ?? randomUUID();
    const key = this.#key ?? newStoreKey();
    const keyCheck = keyCheckOf(key, profileId);
    try {
      const wrap = await wrapByPassphrase(key, passphrase, profileId);
      // Locked meanwhile, it was wiped: then that is no wrap of this key.
      if (!isStoreKey(key, profileId, keyCheck)) throw lockedNow();
      await this.#write({
        profileId,
        backend: 'passphrase',
        ...(known?.locked && { locked: known.locked }),
        keyCheck,
        wraps: { ...known?.wraps, passphrase: wrap },
      });
    } catch (error) {
      if (this.#key === null) key.fill(0);
      throw error;
    }
    this.#choosing = false;
    await this.#hold(key);
  }

  /** @throws {HoldfastError} `passphrase_wrong`; `not_allowed` unless it was asked for */
  async enterPassphrase(passphrase: string): Promise<void> {
    const file = this.#file;
    const wrap = file?.wraps.passphrase;
    if (file?.backend !== 'passphrase' || wrap === undefined || this.#key !== null) {
      throw notOffered();
    }
    const key = await openByPassphrase(wrap, passphrase, file.profileId);
    if (key === null) throw new HoldfastError('passphrase_wrong', 'It does not open the store');
    await this.#hold(checked(key, file));
  }

  /**
   * From the keychain to a passphrase that is asked for at every opening, so that nobody else at this
   * computer gets in. The keychain's entry goes once the passphrase has proven to open the store.
   *
   * @throws {HoldfastError} `phrase_mismatch`, `phrase_too_weak`; `not_allowed` where the recovery key
   *   could not help whoever forgets the passphrase; what the disk or the keychain says
   */
  async lockByPassphrase(passphrase: string, repeated: string): Promise<void> {
    const { storeKey } = this;
    const file = this.#file;
    if (storeKey === null || file?.backend !== 'keychain') throw notOffered();
    if (file.wraps.recovery === undefined) throw notOffered();
    await requireStrong(passphrase, repeated);
    const wrap = await wrapByPassphrase(storeKey, passphrase, file.profileId);
    checked(await openByPassphrase(wrap, passphrase, file.profileId), file).fill(0);
    await this.#change((last) => ({
      ...last,
      backend: 'passphrase',
      locked: true,
      wraps: { ...last.wraps, passphrase: wrap },
    }));
    this.#tell({ keychainUsable: true });
    await removeStoreKey(this.#parts.keychain, file.profileId);
  }

  /**
   * From the app passphrase to the keychain. The passphrase holds until the keychain has proven to
   * keep the key.
   *
   * @throws {HoldfastError} what the keychain says; `not_allowed` without an app passphrase
   */
  async moveToKeychain(): Promise<void> {
    const { keychain } = this.#parts;
    const { storeKey } = this;
    const file = this.#file;
    if (storeKey === null || file?.backend !== 'passphrase') throw notOffered();
    try {
      await keepStoreKey(keychain, file.profileId, storeKey);
    } catch (error) {
      this.#tell({ keychainUsable: false });
      throw error;
    }
    await this.#change(({ profileId, keyCheck, wraps: { recovery } }) => ({
      profileId,
      keyCheck,
      backend: 'keychain',
      wraps: { ...(recovery && { recovery }) },
    }));
    this.#tell({ keychainUsable: false });
  }

  /**
   * Makes the account's recovery key open this store, too, in place of an earlier one. Wipes the
   * key it is given (I7).
   *
   * @throws {HoldfastError} what the disk says; `not_ready` while the vault is locked
   */
  async recoveryKeyKnown(proven: ProvenRecoveryKey): Promise<void> {
    try {
      const { storeKey } = this;
      const file = this.#file;
      if (storeKey === null || file === null) throw lockedNow();
      if (opensAlready(file, proven)) return;
      const recovery = wrapByRecoveryKey(storeKey, proven, file.profileId);
      await this.#change((last) => ({ ...last, wraps: { ...last.wraps, recovery } }));
      this.#tell();
    } finally {
      proven.privateKey.fill(0);
    }
  }

  /**
   * Wipes the key at once; what was known of the vault's file is read anew. Resolves when the change of
   * the file that was under way has ended: nothing is written to the folder after that.
   */
  async lock(): Promise<void> {
    this.#key?.fill(0);
    this.#key = null;
    this.#unkept = false;
    this.#choosing = false;
    await this.#changes.ended();
    this.#file = null;
    this.#parts.state.set(closedVault);
  }

  /** A first start. Without a keychain, the person is to choose a passphrase. */
  async #begin(): Promise<Unlocked> {
    await this.#requireNoStore();
    const key = newStoreKey();
    const profileId = randomUUID();
    try {
      await keepStoreKey(this.#parts.keychain, profileId, key);
      const keyCheck = keyCheckOf(key, profileId);
      await this.#write({ profileId, backend: 'keychain', keyCheck, wraps: {} });
    } catch (error) {
      key.fill(0);
      if (!isUnavailable(error)) throw error;
      this.#choosing = true;
      return 'choose';
    }
    await this.#hold(key);
    return 'open';
  }

  /** The keychain has no entry: a loss, unless there was nothing to lose. */
  async #beginOrMiss({ wraps }: VaultFile): Promise<Unlocked> {
    if (wraps.recovery !== undefined) throw keyMissing();
    return this.#begin();
  }

  /** Keeps the key that the recovery key has opened where the profile keeps its key. */
  async #keepAnew(): Promise<Unlocked> {
    const file = this.#file;
    const key = this.#key;
    if (file === null || key === null) throw notOffered();
    if (file.backend === 'keychain') {
      try {
        await keepStoreKey(this.#parts.keychain, file.profileId, key);
      } catch (error) {
        // A locked one may be open at the next start, which else asks for the recovery key again.
        if (isUnavailable(error)) return this.#askToChoose();
        if (!isLocked(error)) throw error;
      }
      await this.#hold(key);
      return 'open';
    }
    // Who had the passphrase would not have come by this way.
    return this.#askToChoose();
  }

  #askToChoose(): Unlocked {
    this.#choosing = true;
    return 'choose';
  }

  async #hold(key: StoreKey): Promise<void> {
    this.#key = key;
    this.#unkept = false;
    if (!this.#whole) {
      // The copy that is sound has just done its work; a disk that takes no writes is no reason to
      // keep the person out.
      await this.#change((file) => file).catch(() => undefined);
    }
    this.#tell();
    if (this.#file?.backend === 'passphrase') void this.#lookForKeychain(this.#file);
  }

  /**
   * Whether there is a keychain now. An entry that an earlier run was cut off before removing would
   * open what is locked: it goes.
   */
  async #lookForKeychain({ locked, profileId }: VaultFile): Promise<void> {
    const { keychain } = this.#parts;
    // Asking for what is not there changes nothing, and only works where there is a keychain.
    const answer = locked ? removeStoreKey(keychain, profileId) : keychain.read('probe');
    const keychainUsable = await answer.then(
      () => true,
      () => false,
    );
    if (this.storeKey !== null && this.#file?.backend === 'passphrase') {
      this.#tell({ keychainUsable });
    }
  }

  async #requireNoStore(): Promise<void> {
    if (await this.#parts.storeExists()) throw keyMissing();
  }

  async #change(change: (last: VaultContent) => VaultContent): Promise<void> {
    if (this.#key === null) throw lockedNow();
    await this.#changes.run(async () => {
      const file = this.#file;
      if (file === null) throw lockedNow();
      const { profileId, backend, locked, keyCheck, wraps } = file;
      const last = { profileId, backend, ...(locked && { locked }), keyCheck, wraps };
      await this.#put(change(last));
    });
  }

  async #write(content: VaultContent): Promise<void> {
    await this.#changes.run(() => this.#put(content));
  }

  async #put(content: VaultContent): Promise<void> {
    this.#file = await writeVaultFile(this.#parts.profileDir, content, this.#file?.revision ?? 0);
    this.#whole = true;
  }

  #tell(change: Partial<VaultState> = {}): void {
    const { state } = this.#parts;
    state.set({
      ...state.value,
      backend: this.storeKey === null ? null : (this.#file?.backend ?? null),
      recoveryWrap: this.recovery !== null,
      locked: this.#file?.locked === true,
      ...change,
    });
  }
}

type VaultContent = Parameters<typeof writeVaultFile>[1];

/** A wrap that opens holds the key of this vault: else somebody put together two vaults' files. */
function checked(key: StoreKey | null, { profileId, keyCheck }: VaultFile): StoreKey {
  if (key !== null && isStoreKey(key, profileId, keyCheck)) return key;
  key?.fill(0);
  throw new HoldfastError('store_damaged', 'The vault file does not fit together');
}

/** The same recovery key again: nothing to write. */
function opensAlready(
  { wraps, profileId, keyCheck }: VaultFile,
  proven: ProvenRecoveryKey,
): boolean {
  const wrap = wraps.recovery;
  if (wrap?.keyId !== proven.keyId) return false;
  if ((wrap.phrase === null) !== (proven.passphrase === null)) return false;
  const key = openByRecoveryKey(wrap, proven.privateKey, profileId);
  const fits = key !== null && isStoreKey(key, profileId, keyCheck);
  key?.fill(0);
  return fits;
}

function isUnavailable(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'keychain_unavailable';
}

function isLocked(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'keychain_locked';
}

function lockedNow(): HoldfastError {
  return new HoldfastError('not_ready', 'The vault is locked');
}

function keyMissing(): HoldfastError {
  return new HoldfastError('store_key_missing', 'Nothing gives the key of this store');
}

function notOffered(): HoldfastError {
  return new HoldfastError('not_allowed', 'Not offered now');
}
