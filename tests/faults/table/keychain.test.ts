import { join } from 'node:path';
import { readFileSync } from 'node:fs';
import keytar from 'keytar';
import { afterEach, describe, expect, it } from 'vitest';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import type { VaultState } from '../../../preload/model/app';
import { profileStoreExists } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import { SystemKeychain } from '../../../main/vault/system-keychain';
import { closedVault, Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { usePrivateKeyring } from '../../support/keyring/private';
import { openStore } from '../support/profile';
import { fingerprint, temporaryFolder } from './kept-profile';

const session = usePrivateKeyring();
const SERVICE = 'Holdfast';

const nextStart = (profileDir: string): Vault =>
  new Vault({
    profileDir,
    keychain: new SystemKeychain(),
    storeExists: () => profileStoreExists(profileDir),
    state: new ValueSource<VaultState>(closedVault),
  });

interface InUse {
  readonly profileDir: string;
  readonly entry: string;
  /** As the person has it on paper. */
  readonly recoveryKey: string;
  readonly before: Record<string, string>;
}

let profiles = 0;

/** A profile with a store, a session in it, and a recovery key that opens it. */
async function profileInUse(): Promise<InUse> {
  profiles += 1;
  const profileDir = temporaryFolder();
  const vault = nextStart(profileDir);
  expect(await vault.unlock()).toBe('open');
  const privateKey = new Uint8Array(32).fill(profiles);
  const recoveryKey = encodeRecoveryKey(privateKey);
  await vault.recoveryKeyKnown({ keyId: 'key', privateKey, passphrase: null });
  const store = openStore(profileDir, vault.storeKey ?? undefined);
  store.crypto.records.set('session', profileDir);
  store.close();
  await vault.lock();
  const file = JSON.parse(readFileSync(join(profileDir, vaultFileNames[0]), 'utf8')) as {
    readonly profileId: string;
  };
  const entry = `store-key ${file.profileId}`;
  return { profileDir, entry, recoveryKey, before: fingerprint(profileDir) };
}

/** The error's code, or `open`. */
async function unlocking(vault: Vault): Promise<string> {
  try {
    return await vault.unlock();
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error);
  }
}

/** The recovery key opens the store as it was. */
async function expectRecovered({ profileDir, recoveryKey }: InUse, vault: Vault): Promise<void> {
  expect(await vault.openByRecoveryKey(recoveryKey)).toBe('open');
  const store = openStore(profileDir, vault.storeKey ?? undefined);
  expect(store.crypto.records.get('session')).toBe(profileDir);
  store.close();
  await vault.lock();
  const again = nextStart(profileDir);
  expect(await again.unlock()).toBe('open');
  await again.lock();
}

describe('a profile whose keychain entry', () => {
  it('was swapped with another profile’s: no key fits, nothing changes, the recovery key opens', async () => {
    const one = await profileInUse();
    const other = await profileInUse();
    const keys = await Promise.all(
      [one, other].map(({ entry }) => keytar.getPassword(SERVICE, entry)),
    );
    await keytar.setPassword(SERVICE, one.entry, keys[1] ?? '');
    await keytar.setPassword(SERVICE, other.entry, keys[0] ?? '');
    for (const each of [one, other]) {
      const vault = nextStart(each.profileDir);
      expect(await unlocking(vault)).toBe('store_key_wrong');
      expect(fingerprint(each.profileDir)).toEqual(each.before);
      await expectRecovered(each, vault);
    }
  });

  it('was removed: no new key is made, nothing changes, the recovery key opens', async () => {
    const profile = await profileInUse();
    await keytar.deletePassword(SERVICE, profile.entry);
    const vault = nextStart(profile.profileDir);
    expect(await unlocking(vault)).toBe('store_key_missing');
    expect(await keytar.getPassword(SERVICE, profile.entry)).toBeNull();
    expect(fingerprint(profile.profileDir)).toEqual(profile.before);
    await expectRecovered(profile, vault);
  });
});

describe('a profile whose keyring', () => {
  afterEach(async () => {
    await session.keyring.unlock();
  });

  it('is locked: nothing changes, and it opens when it is unlocked', async () => {
    const profile = await profileInUse();
    await session.keyring.lock();
    const vault = nextStart(profile.profileDir);
    // A locked keyring answers as if the entry were gone: never as a first start.
    expect(await unlocking(vault)).toBeOneOf(['keychain_locked', 'store_key_missing']);
    expect(vault.storeKey).toBeNull();
    expect(fingerprint(profile.profileDir)).toEqual(profile.before);
    await session.keyring.unlock();
    expect(await unlocking(vault)).toBe('open');
    await vault.lock();
  });

  it('is locked opens by the recovery key meanwhile', async () => {
    const profile = await profileInUse();
    await session.keyring.lock();
    const vault = nextStart(profile.profileDir);
    await unlocking(vault);
    expect(await vault.openByRecoveryKey(profile.recoveryKey)).toBeOneOf(['open', 'choose']);
    await vault.lock();
    await session.keyring.unlock();
    const again = nextStart(profile.profileDir);
    expect(await unlocking(again)).toBe('open');
    const store = openStore(profile.profileDir, again.storeKey ?? undefined);
    expect(store.crypto.records.get('session')).toBe(profile.profileDir);
    store.close();
    await again.lock();
  });
});
