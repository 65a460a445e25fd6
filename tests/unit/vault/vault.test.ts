import { readFile, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ErrorCode } from '../../../preload/errors';
import { closedVault, type Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { goodPassphrase, phraseKey, recoveryKey, VaultOnDisk } from './vault-on-disk';

let disk: VaultOnDisk;
beforeEach(async () => {
  disk = await VaultOnDisk.make();
});
afterEach(() => disk[Symbol.asyncDispose]());

const keyOf = (vault: Vault): string => {
  const { storeKey } = vault;
  if (storeKey === null) throw new Error('The vault is locked');
  return Buffer.from(storeKey).toString('hex');
};

async function opened(): Promise<Vault> {
  const vault = disk.vault();
  expect(await vault.unlock()).toBe('open');
  return vault;
}

/** A profile in use, as the keychain keeps it. */
async function keychainProfile(): Promise<Vault> {
  const vault = await opened();
  await disk.makeStore();
  return vault;
}

async function passphraseProfile(): Promise<Vault> {
  disk.keychain.failure = 'keychain_unavailable';
  const vault = disk.vault();
  expect(await vault.unlock()).toBe('choose');
  await vault.choosePassphrase(goodPassphrase, goodPassphrase);
  await disk.makeStore();
  return vault;
}

const otherKey = Buffer.alloc(32, 7).toString('base64');

describe('the vault on a keychain', () => {
  it('makes a key on the first start and gives the same one ever after', async () => {
    const first = await keychainProfile();
    expect(first.storeKey).toHaveLength(32);
    expect(keyOf(await opened())).toBe(keyOf(first));
    expect(disk.keychain.entries.size).toBe(1);
    expect(disk.state.value).toEqual({
      backend: 'keychain',
      keychainUsable: false,
      recoveryWrap: false,
      locked: false,
    });
  });

  it('writes nothing that tells the key, readable by its owner only', async () => {
    const vault = await opened();
    await vault.recoveryKeyKnown(recoveryKey().proven());
    expect((await readdir(disk.profileDir)).sort()).toEqual([...vaultFileNames].sort());
    for (const name of vaultFileNames) {
      const path = join(disk.profileDir, name);
      const content = await readFile(path, 'utf8');
      for (const encoding of ['base64', 'hex', 'base64url'] as const) {
        expect(content).not.toContain(Buffer.from(vault.storeKey ?? []).toString(encoding));
      }
      expect((await stat(path)).mode & 0o777).toBe(0o600);
    }
  });

  it('wipes the key when it is locked', async () => {
    const vault = await opened();
    const { storeKey } = vault;
    const locked = vault.lock();
    expect(storeKey).toEqual(new Uint8Array(32));
    expect(vault.storeKey).toBeNull();
    await locked;
    expect(disk.state.value).toEqual(closedVault);
  });

  it('begins again where a first start was cut off before there was a store', async () => {
    await opened();
    disk.keychain.entries.clear();
    await keychainProfile();
    await opened();
  });

  it('never makes a key beside a store whose vault file is gone', async () => {
    await disk.makeStore();
    const before = await disk.fingerprint();
    await expect(disk.vault().unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(await disk.fingerprint()).toEqual(before);
  });

  it('does not trust a keychain that forgets what it was given', async () => {
    disk.keychain.forgetful = true;
    expect(await disk.vault().unlock()).toBe('choose');
    expect(await readdir(disk.profileDir)).toEqual([]);
  });

  it('waits for a keychain that is only locked, instead of asking for a passphrase', async () => {
    disk.keychain.failure = 'keychain_locked';
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'keychain_locked' });
    await expect(vault.choosePassphrase(goodPassphrase, goodPassphrase)).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect(await readdir(disk.profileDir)).toEqual([]);
  });
});

/** How the keychain of a profile in use may answer, and what becomes of it. */
const answers: readonly (readonly [string, () => void, ErrorCode])[] = [
  ['has lost the entry', () => disk.keychain.entries.clear(), 'store_key_missing'],
  [
    'holds another key',
    () => void disk.keychain.entries.set(disk.entry, otherKey),
    'store_key_wrong',
  ],
  [
    'holds no key at all',
    () => void disk.keychain.entries.set(disk.entry, 'nonsense'),
    'store_key_wrong',
  ],
  ['is locked', () => void (disk.keychain.failure = 'keychain_locked'), 'keychain_locked'],
  [
    'is not there',
    () => void (disk.keychain.failure = 'keychain_unavailable'),
    'keychain_unavailable',
  ],
];

describe.each(answers)('a keychain that %s', (_name, spoil, code) => {
  it('makes the vault say so, without a second wrap, and change nothing', async () => {
    await keychainProfile();
    spoil();
    const before = await disk.fingerprint();
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toMatchObject({ code });
    expect(vault.recovery).toBeNull();
    await expect(vault.openByRecoveryKey(recoveryKey().text)).rejects.toMatchObject({
      code: 'not_allowed',
    });
    expect(await disk.fingerprint()).toEqual(before);
  });

  it('is replaced by the recovery key, and by no other', async () => {
    const key = recoveryKey();
    const first = await keychainProfile();
    await first.recoveryKeyKnown(key.proven());
    spoil();
    const before = await disk.fingerprint();
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toMatchObject({ code });
    expect(vault.recovery).toEqual({ phraseKnown: false });
    for (const [text, wrong] of [
      [recoveryKey().text, 'key_wrong'],
      [key.text.slice(0, -5), 'key_incomplete'],
      [key.text.replace(/ (.)/, ' 0'), 'key_mistyped'],
      ['what was it again', 'key_mistyped'],
    ] as const) {
      await expect(vault.openByRecoveryKey(text)).rejects.toMatchObject({ code: wrong });
    }
    expect(await disk.fingerprint()).toEqual(before);

    const unlocked = await vault.openByRecoveryKey(`Recovery key:\n${key.text}\n`);
    if (code === 'keychain_unavailable') {
      expect(unlocked).toBe('choose');
      await vault.choosePassphrase(goodPassphrase, goodPassphrase);
      expect(disk.state.value.backend).toBe('passphrase');
    } else expect(unlocked).toBe('open');
    expect(keyOf(vault)).toBe(keyOf(first));

    const next = disk.vault();
    if (code === 'keychain_locked') {
      // It could not be written anew, and needs not be.
      await expect(next.unlock()).rejects.toMatchObject({ code });
      disk.keychain.failure = null;
      expect(await next.unlock()).toBe('open');
    } else if (code === 'keychain_unavailable') {
      expect(await next.unlock()).toBe('enter');
      await next.enterPassphrase(goodPassphrase);
    } else expect(await next.unlock()).toBe('open');
    expect(keyOf(next)).toBe(keyOf(first));
    expect(next.recovery).not.toBeNull();
  });
});

describe('the recovery key in the vault', () => {
  it('opens an empty profile whose store is gone, but not its wrap', async () => {
    const key = recoveryKey();
    const first = await opened();
    await first.recoveryKeyKnown(key.proven());
    disk.keychain.entries.clear();
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    await vault.openByRecoveryKey(key.text);
    expect(keyOf(vault)).toBe(keyOf(first));
  });

  it.each([
    ['as it was typed', (phrase: string) => phrase],
    ['decomposed', (phrase: string) => phrase.normalize('NFD')],
    ['composed', (phrase: string) => phrase.normalize('NFC')],
    ['with a line break from pasting', (phrase: string) => `${phrase}\n`],
  ])('opens by the security phrase, %s', async (_name, spelled) => {
    const phrase = 'Möwen über dem Kühlhaus zählen';
    const first = await keychainProfile();
    await first.recoveryKeyKnown(await phraseKey(phrase));
    disk.keychain.entries.clear();
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(vault.recovery).toEqual({ phraseKnown: true });
    await expect(vault.openByRecoveryKey('Möwen über dem Meer')).rejects.toMatchObject({
      code: 'phrase_wrong',
    });
    await vault.openByRecoveryKey(spelled(phrase));
    expect(keyOf(vault)).toBe(keyOf(first));
  });

  it('is wiped as soon as it has done its work, also where the disk is full', async () => {
    const vault = await keychainProfile();
    const proven = recoveryKey().proven();
    await vault.recoveryKeyKnown(proven);
    expect(proven.privateKey).toEqual(new Uint8Array(32));

    await rm(disk.profileDir, { recursive: true });
    const next = recoveryKey().proven();
    await expect(vault.recoveryKeyKnown(next)).rejects.toMatchObject({ code: 'disk_error' });
    expect(next.privateKey).toEqual(new Uint8Array(32));
  });

  it('replaces the one before it, and is written once', async () => {
    const [old, current] = [recoveryKey(), recoveryKey()];
    const first = await keychainProfile();
    await first.recoveryKeyKnown(old.proven());
    await first.recoveryKeyKnown(current.proven());
    const before = await disk.fingerprint();
    await first.recoveryKeyKnown(current.proven());
    expect(await disk.fingerprint()).toEqual(before);

    disk.keychain.entries.clear();
    const vault = disk.vault();
    await expect(vault.unlock()).rejects.toThrow();
    await expect(vault.openByRecoveryKey(old.text)).rejects.toMatchObject({ code: 'key_wrong' });
    await vault.openByRecoveryKey(current.text);
    expect(keyOf(vault)).toBe(keyOf(first));
  });

  it('is wrapped next to other changes that are under way', async () => {
    const first = await passphraseProfile();
    disk.keychain.failure = null;
    const key = recoveryKey();
    await Promise.all([first.moveToKeychain(), first.recoveryKeyKnown(key.proven())]);
    const { backend, wraps } = await disk.content();
    expect(backend).toBe('keychain');
    expect(Object.keys(wraps as object)).toEqual(['recovery']);
  });
});

describe('a vault without a keychain', () => {
  it('asks for a passphrase worth its name, and makes no key before', async () => {
    disk.keychain.failure = 'keychain_unavailable';
    const vault = disk.vault();
    expect(await vault.unlock()).toBe('choose');
    await expect(vault.choosePassphrase('password1', 'password1')).rejects.toMatchObject({
      code: 'phrase_too_weak',
    });
    await expect(
      vault.choosePassphrase(goodPassphrase, `${goodPassphrase}!`),
    ).rejects.toMatchObject({ code: 'phrase_mismatch' });
    expect(await readdir(disk.profileDir)).toEqual([]);
    expect(vault.storeKey).toBeNull();
  });

  it('opens with the passphrase, in any normalisation, and with no other', async () => {
    const umlauts = 'Grüße an sieben stille Ambosse';
    disk.keychain.failure = 'keychain_unavailable';
    const first = disk.vault();
    await first.unlock();
    await first.choosePassphrase(umlauts.normalize('NFD'), umlauts);
    await disk.makeStore();
    const before = await disk.fingerprint();

    const vault = disk.vault();
    expect(await vault.unlock()).toBe('enter');
    expect(disk.state.value.backend).toBeNull();
    await expect(vault.enterPassphrase(`${umlauts}.`)).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
    expect(await disk.fingerprint()).toEqual(before);
    await vault.enterPassphrase(umlauts.normalize('NFC'));
    expect(keyOf(vault)).toBe(keyOf(first));
  });

  it('keeps what the passphrase is stretched with beside it', async () => {
    await passphraseProfile();
    const { wraps } = await disk.content();
    expect(wraps).toMatchObject({ passphrase: { kdf: 'scrypt', N: 131_072, r: 8, p: 1 } });
  });

  it('takes a keychain that works again at a first start before it asks anyone', async () => {
    disk.keychain.failure = 'keychain_unavailable';
    const vault = disk.vault();
    expect(await vault.unlock()).toBe('choose');
    disk.keychain.failure = null;
    expect(await vault.unlock()).toBe('open');
    expect(disk.state.value.backend).toBe('keychain');
  });

  it('makes no second key where a store appeared meanwhile', async () => {
    disk.keychain.failure = 'keychain_unavailable';
    const vault = disk.vault();
    await vault.unlock();
    await disk.makeStore();
    await expect(vault.choosePassphrase(goodPassphrase, goodPassphrase)).rejects.toMatchObject({
      code: 'store_key_missing',
    });
  });

  it('lets the recovery key stand in for a forgotten passphrase, and asks for a new one', async () => {
    const key = recoveryKey();
    const first = await passphraseProfile();
    await first.recoveryKeyKnown(key.proven());
    const vault = disk.vault();
    expect(await vault.unlock()).toBe('enter');
    expect(await vault.openByRecoveryKey(key.text)).toBe('choose');
    expect(vault.storeKey).toBeNull();
    const another = 'three lanterns below the weir';
    await vault.choosePassphrase(another, another);
    expect(keyOf(vault)).toBe(keyOf(first));

    const next = disk.vault();
    await next.unlock();
    await expect(next.enterPassphrase(goodPassphrase)).rejects.toMatchObject({
      code: 'passphrase_wrong',
    });
    await next.enterPassphrase(another);
    expect(keyOf(next)).toBe(keyOf(first));
  });

  it('offers to move to a keychain that appears, and moves only once it keeps the key', async () => {
    const first = await passphraseProfile();
    const vault = disk.vault();
    disk.keychain.failure = null;
    await vault.unlock();
    await vault.enterPassphrase(goodPassphrase);
    await expect.poll(() => disk.state.value.keychainUsable).toBe(true);

    disk.keychain.forgetful = true;
    const before = await disk.fingerprint();
    await expect(vault.moveToKeychain()).rejects.toMatchObject({ code: 'keychain_unavailable' });
    expect(await disk.fingerprint()).toEqual(before);
    expect(disk.state.value.backend).toBe('passphrase');

    disk.keychain.forgetful = false;
    await vault.moveToKeychain();
    expect(disk.state.value).toMatchObject({ backend: 'keychain', keychainUsable: false });
    for (const name of vaultFileNames) {
      expect(await disk.content(name)).toMatchObject({ backend: 'keychain', wraps: {} });
    }
    expect(keyOf(await opened())).toBe(keyOf(first));
  });
});
