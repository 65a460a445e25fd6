/** Gives the key of the profile's store, and makes one only where there is no store yet. */
import { createHmac, getRandomValues, randomUUID, timingSafeEqual } from 'node:crypto';
import { HoldfastError } from '../holdfast-error';
import type { Keychain } from './keychain';
import { readVaultFile, writeVaultFile, type VaultFile } from './vault-file';

export const storeKeyBytes = 32;

export interface VaultParts {
  readonly profileDir: string;
  readonly keychain: Keychain;
  /** True where a database exists; then no new key is ever made. */
  readonly storeExists: () => Promise<boolean>;
}

/**
 * The profile's 32-byte store key. The caller wipes it when the store is open.
 *
 * @throws {HoldfastError} `keychain_unavailable`, `keychain_locked`; `store_key_missing` where the
 *   store exists but its keychain entry doesn't; `store_key_wrong` where the entry is another key
 */
export async function unlockVault(parts: VaultParts): Promise<Uint8Array> {
  const file = await readVaultFile(parts.profileDir);
  if (file !== null) return readStoreKey(parts.keychain, file);
  if (await parts.storeExists()) {
    throw new HoldfastError('store_key_missing', 'The store exists, but its vault file doesn’t');
  }
  return createStoreKey(parts);
}

async function readStoreKey(keychain: Keychain, file: VaultFile): Promise<Uint8Array> {
  const secret = await keychain.read(entryOf(file.profileId));
  if (secret === null) {
    throw new HoldfastError('store_key_missing', 'No keychain entry for this profile');
  }
  const key = decodeKey(secret);
  const expected = Buffer.from(file.keyCheck, 'base64');
  const actual = keyCheck(key, file.profileId);
  const matches =
    key.length === storeKeyBytes &&
    expected.length === actual.length &&
    timingSafeEqual(expected, actual);
  if (!matches) {
    key.fill(0);
    throw new HoldfastError('store_key_wrong', 'The keychain holds another key');
  }
  return key;
}

async function createStoreKey({ profileDir, keychain }: VaultParts): Promise<Uint8Array> {
  const key = getRandomValues(new Uint8Array(storeKeyBytes));
  const secret = Buffer.from(key.buffer).toString('base64');
  const profileId = randomUUID();
  await keychain.write(entryOf(profileId), secret);
  // Some keyrings accept a write and forget it; believe only what can be read again.
  if ((await keychain.read(entryOf(profileId))) !== secret) {
    throw new HoldfastError('keychain_unavailable', 'The keychain does not keep what it was given');
  }
  await writeVaultFile(profileDir, {
    version: 1,
    profileId,
    backend: 'keychain',
    keyCheck: keyCheck(key, profileId).toString('base64'),
  });
  return key;
}

function decodeKey(secret: string): Uint8Array {
  const decoded = Buffer.from(secret, 'base64');
  const key = new Uint8Array(decoded);
  decoded.fill(0);
  return key;
}

function entryOf(profileId: string): string {
  return `store-key ${profileId}`;
}

function keyCheck(key: Uint8Array, profileId: string): Buffer {
  return createHmac('sha256', key).update(`holdfast store key check ${profileId}`).digest();
}
