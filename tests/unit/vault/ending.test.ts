/** The vault is locked in the middle of something: what is on disk is whole, and stays as it is. */
import { setImmediate as underWay } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { closedVault, type Vault } from '../../../main/vault/vault';
import { goodPassphrase, recoveryKey, VaultOnDisk } from './vault-on-disk';

const notReady = { code: 'not_ready' };

let disk: VaultOnDisk;
beforeEach(async () => {
  disk = await VaultOnDisk.make();
});
afterEach(() => disk[Symbol.asyncDispose]());

async function opened(): Promise<Vault> {
  const vault = disk.vault();
  expect(await vault.unlock()).toBe('open');
  return vault;
}

describe('a vault that is locked', () => {
  it('while something is written: that is on disk then, and nothing is written after it', async () => {
    const vault = await opened();
    const changes = [vault.recoveryKeyKnown(recoveryKey().proven())];
    changes.push(vault.recoveryKeyKnown(recoveryKey().proven()));
    const told = Promise.allSettled(changes);
    await underWay();
    await vault.lock();
    expect(vault.recovery).toBeNull();
    const before = await disk.fingerprint();
    await told;
    await expect(vault.recoveryKeyKnown(recoveryKey().proven())).rejects.toMatchObject(notReady);
    expect(await disk.fingerprint()).toEqual(before);
    expect(vault.recovery).toBeNull();
    expect(disk.state.value).toEqual(closedVault);
    await opened();
  });

  it('while the keychain is asked: its answer changes nothing any more', async () => {
    disk.keychain.failure = 'keychain_unavailable';
    const vault = disk.vault();
    await vault.unlock();
    await vault.choosePassphrase(goodPassphrase, goodPassphrase);
    await disk.makeStore();
    disk.keychain.failure = null;
    const answer = Promise.withResolvers<undefined>();
    const { entries } = disk.keychain;
    vi.spyOn(disk.keychain, 'read').mockImplementation(async (entry) => {
      await answer.promise;
      return entries.get(entry) ?? null;
    });
    const moved = vault.moveToKeychain().catch((error: unknown) => error);
    const written = vault.recoveryKeyKnown(recoveryKey().proven());
    await underWay();
    const locked = vault.lock();
    answer.resolve(undefined);
    await Promise.all([locked, written]);
    const before = await disk.fingerprint();
    expect(await moved).toMatchObject(notReady);
    expect(await disk.fingerprint()).toEqual(before);
    expect(await disk.content()).toMatchObject({ backend: 'passphrase' });
  });

  it('while a passphrase is chosen: nothing is kept under it, and the recovery key still opens', async () => {
    const vault = await opened();
    await disk.makeStore();
    const key = recoveryKey();
    await vault.recoveryKeyKnown(key.proven());
    const storeKey = Buffer.from(vault.storeKey ?? []).toString('hex');
    disk.keychain.entries.clear();
    disk.keychain.failure = 'keychain_unavailable';
    const next = disk.vault();
    await expect(next.unlock()).rejects.toMatchObject({ code: 'keychain_unavailable' });
    expect(await next.openByRecoveryKey(key.text)).toBe('choose');
    const before = await disk.fingerprint();
    const chosen = next.choosePassphrase(goodPassphrase, goodPassphrase);
    const told = chosen.catch((error: unknown) => error);
    await underWay();
    await next.lock();
    expect(await told).toMatchObject(notReady);
    expect(await disk.fingerprint()).toEqual(before);
    expect(next.storeKey).toBeNull();

    const again = disk.vault();
    await expect(again.unlock()).rejects.toMatchObject({ code: 'keychain_unavailable' });
    expect(await again.openByRecoveryKey(key.text)).toBe('choose');
    await again.choosePassphrase(goodPassphrase, goodPassphrase);
    expect(Buffer.from(again.storeKey ?? []).toString('hex')).toBe(storeKey);
  });
});
