/** The store key as an entry of the keychain. */
import { HoldfastError } from '../holdfast-error';
import type { Keychain } from './keychain';
import { isStoreKey, type StoreKey } from './store-key';
import type { VaultFile } from './vault-file';

/**
 * @returns null where the keychain has no entry for the profile
 * @throws {HoldfastError} `store_key_wrong` where the entry is another key, or what the keychain says
 */
export async function readStoreKey(
  keychain: Keychain,
  { profileId, keyCheck }: Pick<VaultFile, 'profileId' | 'keyCheck'>,
): Promise<StoreKey | null> {
  const secret = await keychain.read(entryOf(profileId));
  if (secret === null) return null;
  const key = decodeKey(secret);
  if (isStoreKey(key, profileId, keyCheck)) return key;
  key.fill(0);
  throw new HoldfastError('store_key_wrong', 'The keychain holds another key');
}

/**
 * Some keyrings accept a write and forget it: believes only what can be read again.
 *
 * @throws {HoldfastError} `keychain_unavailable` where it can't, or what the keychain says
 */
export async function keepStoreKey(
  keychain: Keychain,
  profileId: string,
  key: StoreKey,
): Promise<void> {
  const secret = Buffer.from(key.buffer).toString('base64');
  await keychain.write(entryOf(profileId), secret);
  if ((await keychain.read(entryOf(profileId))) !== secret) {
    throw new HoldfastError('keychain_unavailable', 'The keychain does not keep what it was given');
  }
}

/** @throws {HoldfastError} what the keychain says */
export function removeStoreKey(keychain: Keychain, profileId: string): Promise<void> {
  return keychain.remove(entryOf(profileId));
}

function decodeKey(secret: string): StoreKey {
  const decoded = Buffer.from(secret, 'base64');
  const key = new Uint8Array(decoded);
  decoded.fill(0);
  return key;
}

function entryOf(profileId: string): string {
  return `store-key ${profileId}`;
}
