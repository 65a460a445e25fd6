/**
 * Secret storage (4S): the account's secrets, encrypted for a key that only the person has.
 * @see https://spec.matrix.org/latest/client-server-api/#secret-storage
 */
import { SecretStorage as SdkSecretStorage } from 'matrix-js-sdk';
import decryptSecret from 'matrix-js-sdk/lib/utils/decryptAESSecretStorageItem.js';
import encryptSecret from 'matrix-js-sdk/lib/utils/encryptAESSecretStorageItem.js';
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import { phraseParameters, type PhraseParameters } from '../../../recovery-key/phrase-key';
import type { KeyVerdict, LockedBy, OpenKey } from '../../../recovery-key/unlock';
import type { AccountData } from '../server/account-data';
import { changeSlot, storedSecret } from './change-slots';

export const identitySecrets = [
  'm.cross_signing.master',
  'm.cross_signing.self_signing',
  'm.cross_signing.user_signing',
] as const;
export const backupSecret = 'm.megolm_backup.v1';

/** The backup's key first, then the identity's. */
export const secretNames = [backupSecret, ...identitySecrets] as const;

/** The key of dehydrated devices. A recovery works without it. */
export const dehydrationSecret = 'org.matrix.msc3814';

export type SecretName = (typeof secretNames)[number] | typeof dehydrationSecret;

const algorithm = 'm.secret_storage.v1.aes-hmac-sha2';
const defaultKeyType = 'm.secret_storage.default_key';
const keyType = (keyId: string): string => `m.secret_storage.key.${keyId}`;

// A reset leaves `{}` behind.
const defaultKey = z.object({ key: z.string().min(1).optional() });
// What is malformed is as little understood as what is missing.
const keyDescription = z.object({
  algorithm: z.string().optional().catch(undefined),
  passphrase: phraseParameters.optional().catch(undefined),
  iv: z.string().optional().catch(undefined),
  mac: z.string().optional().catch(undefined),
});
/** A secret as it is stored for one key. */
export const sealedSecret = z.object({ iv: z.string(), ciphertext: z.string(), mac: z.string() });

export type SealedSecret = z.infer<typeof sealedSecret>;

/** What the server knows of the storage's default key. */
export interface StorageKey extends LockedBy {
  /** The check values; some clients left them out. */
  readonly check: { readonly iv: string; readonly mac: string } | null;
}

export class SecretStorage {
  readonly #accountData: AccountData;

  constructor(accountData: AccountData) {
    this.#accountData = accountData;
  }

  /** Null only where the server says that this account has no secret storage. */
  async defaultKeyId(): Promise<string | null> {
    return (await this.#accountData.read(defaultKeyType, defaultKey))?.key ?? null;
  }

  /**
   * Null only where the server says that this account has no secret storage.
   *
   * @throws {HoldfastError} `key_unverifiable` where there is one that Holdfast does not understand:
   *   its key is not described, or made for another algorithm
   */
  async defaultKey(): Promise<StorageKey | null> {
    const id = await this.defaultKeyId();
    if (id === null) return null;
    const key = await this.describedKey(id);
    if (key === null) {
      throw new HoldfastError('key_unverifiable', 'The storage key is not understood');
    }
    return key;
  }

  /** The keys, other than the default one, for which something is stored that Holdfast understands. */
  async otherKeys(): Promise<readonly StorageKey[]> {
    const slots = await Promise.all(
      secretNames.map((name) => this.#accountData.read(name, storedSecret)),
    );
    const ids = new Set(slots.flatMap((slot) => Object.keys(slot?.encrypted ?? {})));
    const defaultId = await this.defaultKeyId();
    if (defaultId !== null) ids.delete(defaultId);
    const keys = await Promise.all([...ids].map((id) => this.describedKey(id)));
    return keys.filter((key) => key !== null);
  }

  /** Null where it is not described, or made for another algorithm. */
  async describedKey(id: string): Promise<StorageKey | null> {
    const description = await this.#accountData.read(keyType(id), keyDescription);
    if (description?.algorithm !== algorithm) return null;
    const { iv, mac, passphrase } = description;
    return {
      id,
      phrase: passphrase ?? null,
      check: iv === undefined || mac === undefined ? null : { iv, mac },
    };
  }

  /** Describes a new key on the server. It is not in use before {@link useByDefault}. */
  async describeKey({ id, bytes }: OpenKey, phrase: PhraseParameters | null): Promise<void> {
    const { iv, mac } = await SdkSecretStorage.calculateKeyCheck(bytes);
    const passphrase = phrase === null ? {} : { passphrase: phrase };
    await this.#accountData.write(keyType(id), { algorithm, iv, mac, ...passphrase });
  }

  async useByDefault(keyId: string): Promise<void> {
    await this.#accountData.write(defaultKeyType, { key: keyId });
  }

  /** Whether the secret is stored for that key. */
  async holds(name: SecretName, keyId: string): Promise<boolean> {
    return (await this.sealed(name, keyId)) !== null;
  }

  /** Tells one stored secret from another without opening it; null where none is stored for that key. */
  async markOf(name: SecretName, keyId: string): Promise<string | null> {
    return (await this.sealed(name, keyId))?.mac ?? null;
  }

  /** Whether the secret is stored for any key at all. */
  async isStored(name: SecretName): Promise<boolean> {
    const stored = await this.#accountData.read(name, storedSecret);
    return Object.keys(stored?.encrypted ?? {}).length > 0;
  }

  /**
   * Null where the secret is not stored for this key.
   *
   * @throws {Error} where it can't be decrypted with it
   */
  async read(name: SecretName, { id, bytes }: OpenKey): Promise<string | null> {
    const sealed = await this.sealed(name, id);
    return sealed === null ? null : decryptSecret(sealed, bytes, name);
  }

  /**
   * Null, too, where what is stored can't be decrypted with that key.
   *
   * @throws {HoldfastError} what the network says: that is no verdict on the key
   */
  async readable(name: SecretName, key: OpenKey): Promise<string | null> {
    const sealed = await this.sealed(name, key.id);
    return sealed === null ? null : this.unseal(sealed, name, key);
  }

  /**
   * What is stored for other keys stays, whoever else writes at the same time.
   *
   * @throws {HoldfastError} `changed_elsewhere` where somebody else stored another secret for this
   *   key meanwhile: theirs stays
   */
  async write(name: SecretName, secret: string, { id, bytes }: OpenKey): Promise<void> {
    const slot = await encryptSecret(secret, bytes, name);
    const isSame = async (other: unknown): Promise<boolean> => {
      const sealed = sealedSecret.safeParse(other).data;
      if (sealed === undefined) return false;
      return (await this.unseal(sealed, name, { id, bytes })) === secret;
    };
    await changeSlot(this.#accountData, name, { id, slot, isSame });
  }

  /** Removes what is stored for that key; what is stored for others stays. */
  async remove(name: SecretName, keyId: string): Promise<void> {
    const isSame = (): Promise<boolean> => Promise.resolve(false);
    await changeSlot(this.#accountData, name, { id: keyId, slot: undefined, isSame });
  }

  /**
   * Whether these bytes are that key. Where the description has no check values, a secret that
   * opens proves it as well; where there is no secret either, nothing does.
   */
  async judge(key: StorageKey, bytes: Uint8Array<ArrayBuffer>): Promise<KeyVerdict> {
    if (key.check !== null) {
      const { mac } = await SdkSecretStorage.calculateKeyCheck(bytes, key.check.iv);
      return withoutPadding(mac) === withoutPadding(key.check.mac) ? 'right' : 'wrong';
    }
    for (const name of secretNames) {
      const sealed = await this.sealed(name, key.id);
      if (sealed === null) continue;
      return decryptSecret(sealed, bytes, name).then(
        () => 'right',
        () => 'wrong',
      );
    }
    return 'unverifiable';
  }

  /** The secret as it is stored for that key; null where it is not. */
  async sealed(name: SecretName, keyId: string): Promise<SealedSecret | null> {
    const stored = await this.#accountData.read(name, storedSecret);
    return sealedSecret.safeParse(stored?.encrypted?.[keyId]).data ?? null;
  }

  /** Null where it can't be decrypted with that key. */
  async unseal(sealed: SealedSecret, name: SecretName, { bytes }: OpenKey): Promise<string | null> {
    return decryptSecret(sealed, bytes, name).catch(() => null);
  }
}

function withoutPadding(base64: string): string {
  return base64.replace(/=+$/, '');
}
