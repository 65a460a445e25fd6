/** The lock against other people at the same computer: a passphrase in the keychain's place. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Vault } from '../../../main/vault/vault';
import { goodPassphrase, recoveryKey, VaultOnDisk } from './vault-on-disk';

let disk: VaultOnDisk;
let vault: Vault;
let key: Uint8Array;
let recovery: ReturnType<typeof recoveryKey>;

beforeEach(async () => {
  disk = await VaultOnDisk.make();
  vault = disk.vault();
  await vault.unlock();
  await disk.makeStore();
  key = (vault.storeKey ?? new Uint8Array()).slice();
  recovery = recoveryKey();
  await vault.recoveryKeyKnown(recovery.proven());
});
afterEach(() => disk[Symbol.asyncDispose]());

const lock = (): Promise<void> => vault.lockByPassphrase(goodPassphrase, goodPassphrase);

describe('locking a profile', () => {
  it('takes the key out of the keychain, and asks for the passphrase from then on', async () => {
    await lock();
    expect(disk.keychain.entries.size).toBe(0);
    expect(disk.state.value).toEqual({
      backend: 'passphrase',
      keychainUsable: true,
      recoveryWrap: true,
      locked: true,
    });
    expect(vault.storeKey).toEqual(key);

    vault = disk.vault();
    expect(await vault.unlock()).toBe('enter');
    expect(vault.storeKey).toBeNull();
    await expect(vault.enterPassphrase('something else')).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
    await vault.enterPassphrase(goodPassphrase);
    expect(vault.storeKey).toEqual(key);
    expect(disk.state.value.locked).toBe(true);
  });

  it('is refused where the recovery key could not help whoever forgets the passphrase', async () => {
    await using without = await VaultOnDisk.make();
    const open = without.vault();
    await open.unlock();
    const before = await without.fingerprint();
    await expect(open.lockByPassphrase(goodPassphrase, goodPassphrase)).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect(await without.fingerprint()).toEqual(before);
  });

  it.each([
    ['12345678', '12345678', 'phrase_too_weak'],
    [goodPassphrase, 'another one', 'phrase_mismatch'],
  ])('changes nothing for %s / %s', async (passphrase, repeated, code) => {
    const before = await disk.fingerprint();
    await expect(vault.lockByPassphrase(passphrase, repeated)).rejects.toMatchObject({ code });
    expect(await disk.fingerprint()).toEqual(before);
  });

  it('removes the keychain’s entry at the next opening where it was cut off before that', async () => {
    const [[entry, secret] = ['', '']] = [...disk.keychain.entries];
    await lock();
    disk.keychain.entries.set(entry, secret);
    vault = disk.vault();
    expect(await vault.unlock()).toBe('enter');
    await vault.enterPassphrase(goodPassphrase);
    await expect.poll(() => disk.keychain.entries.size).toBe(0);
  });

  it('stays locked when the recovery key replaces a forgotten passphrase', async () => {
    await lock();
    vault = disk.vault();
    await vault.unlock();
    expect(await vault.openByRecoveryKey(recovery.text)).toBe('choose');
    await vault.choosePassphrase(`${goodPassphrase} again`, `${goodPassphrase} again`);
    expect(vault.storeKey).toEqual(key);
    expect(disk.state.value.locked).toBe(true);
  });

  it('ends with the move back to the keychain', async () => {
    await lock();
    await vault.moveToKeychain();
    expect(disk.state.value).toMatchObject({ backend: 'keychain', locked: false });
    vault = disk.vault();
    expect(await vault.unlock()).toBe('open');
    expect(vault.storeKey).toEqual(key);
  });
});
