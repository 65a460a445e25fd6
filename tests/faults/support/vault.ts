/** The vault over a keychain that is a folder beside the disk that fails. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { profileStoreExists } from '../../../main/store/profile-store';
import type { Keychain } from '../../../main/vault/keychain';
import { ValueSource } from '../../../main/topics/value-source';
import { closedVault, Vault } from '../../../main/vault/vault';

interface VaultPlace {
  readonly profileDir: string;
  readonly besideDir: string;
}

/** Entries as files, so that they outlive a killed process as a keychain's do. */
function keychainIn(folder: string): Keychain {
  const fileOf = (entry: string): string => join(folder, `${entry.replaceAll(' ', '-')}.secret`);
  return {
    async read(entry) {
      try {
        return readFileSync(fileOf(entry), 'utf8');
      } catch {
        return null;
      }
    },
    async write(entry, secret) {
      writeFileSync(fileOf(entry), secret);
    },
    async remove(entry) {
      rmSync(fileOf(entry), { force: true });
    },
  };
}

/** The vault of a profile, with the keychain in a folder beside the disk that fails. */
export function vaultOf({ profileDir, besideDir }: VaultPlace): Vault {
  return new Vault({
    profileDir,
    keychain: keychainIn(besideDir),
    storeExists: () => profileStoreExists(profileDir),
    state: new ValueSource(closedVault),
  });
}

/** The profile's store key, made at the first start. */
export async function openVault(place: VaultPlace): Promise<Uint8Array> {
  const vault = vaultOf(place);
  await vault.unlock();
  if (vault.storeKey === null) throw new Error('The vault has no key');
  return vault.storeKey;
}
