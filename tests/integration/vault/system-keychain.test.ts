import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SystemKeychain } from '../../../main/vault/system-keychain';
import { unlockVault } from '../../../main/vault/vault';
import { vaultFileName } from '../../../main/vault/vault-file';
import { usePrivateKeyring } from '../../support/keyring/private';

const session = usePrivateKeyring();

let profileDir: string;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'holdfast-vault-'));
});
afterEach(() => rm(profileDir, { recursive: true }));

const unlock = (storeExists: boolean): Promise<Uint8Array> =>
  unlockVault({
    profileDir,
    keychain: new SystemKeychain(),
    storeExists: () => Promise.resolve(storeExists),
  });

const profileId = async (): Promise<string> => {
  const content = await readFile(join(profileDir, vaultFileName), 'utf8');
  return (JSON.parse(content) as { readonly profileId: string }).profileId;
};

describe('the vault on a real keyring', () => {
  it('keeps the store key and gives it again', async () => {
    const key = await unlock(false);
    expect(await unlock(true)).toEqual(key);
  });

  it('answers many requests at once, one after the other', async () => {
    const keychain = new SystemKeychain();
    await keychain.write('many', 'secret');
    const answers = await Promise.all(Array.from({ length: 50 }, () => keychain.read('many')));
    expect(new Set(answers)).toEqual(new Set(['secret']));
  });

  it('makes no new key when the entry was removed', async () => {
    await unlock(false);
    const entry = `store-key ${await profileId()}`;
    expect(await keytar.deletePassword('Holdfast', entry)).toBe(true);
    await expect(unlock(true)).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(await keytar.getPassword('Holdfast', entry)).toBeNull();
  });

  it('knows an entry that was swapped', async () => {
    await unlock(false);
    const entry = `store-key ${await profileId()}`;
    await keytar.setPassword('Holdfast', entry, Buffer.alloc(32, 9).toString('base64'));
    await expect(unlock(true)).rejects.toMatchObject({ code: 'store_key_wrong' });
  });

  it('makes no new key while the keyring is locked, and opens again once it is unlocked', async () => {
    const key = await unlock(false);
    await session.keyring.lock();
    await expect(unlock(true)).rejects.toMatchObject({
      code: expect.stringMatching(/^(keychain_locked|keychain_unavailable|store_key_missing)$/),
    });
    await session.keyring.unlock();
    expect(await unlock(true)).toEqual(key);
  });

  it('says that there is no keychain when there is none, and makes no key', async () => {
    await session.keyring.stopDaemon();
    await expect(unlock(false)).rejects.toMatchObject({ code: 'keychain_unavailable' });
    await expect(readFile(join(profileDir, vaultFileName))).rejects.toMatchObject({
      code: 'ENOENT',
    });
  });
});
