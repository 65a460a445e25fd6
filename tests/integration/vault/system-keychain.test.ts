import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultState } from '../../../preload/model/app';
import { ValueSource } from '../../../main/topics/value-source';
import type { Keychain } from '../../../main/vault/keychain';
import { SystemKeychain } from '../../../main/vault/system-keychain';
import { closedVault, Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { usePrivateKeyring } from '../../support/keyring/private';
import { recoveryKey } from '../../unit/vault/vault-on-disk';

const session = usePrivateKeyring();

let profileDir: string;
let state: ValueSource<VaultState>;
beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'holdfast-vault-'));
});
afterEach(() => rm(profileDir, { recursive: true }));

const storeExists = async (): Promise<boolean> => (await readdir(profileDir)).includes('crypto.db');

const nextStart = (keychain: Keychain = new SystemKeychain()): Vault => {
  state = new ValueSource<VaultState>(closedVault);
  return new Vault({ profileDir, keychain, storeExists, state });
};

/** A profile in use, with a recovery key. */
async function profileInUse(): Promise<{ readonly storeKey: Buffer; readonly text: string }> {
  const vault = nextStart();
  expect(await vault.unlock()).toBe('open');
  const key = recoveryKey();
  await vault.recoveryKeyKnown(key.proven());
  await writeFile(join(profileDir, 'crypto.db'), 'all the keys');
  const storeKey = Buffer.from(vault.storeKey ?? []);
  await vault.lock();
  return { storeKey, text: key.text };
}

const entry = async (): Promise<string> => {
  const content = await readFile(join(profileDir, vaultFileNames[0]), 'utf8');
  const { profileId } = JSON.parse(content) as { readonly profileId: string };
  return `store-key ${profileId}`;
};

async function fingerprint(): Promise<string> {
  const hash = createHash('sha256');
  for (const name of (await readdir(profileDir)).sort()) {
    hash.update(name).update(await readFile(join(profileDir, name)));
  }
  return hash.digest('hex');
}

describe('the vault on a real keyring', () => {
  it('keeps the store key and gives it again', async () => {
    const { storeKey } = await profileInUse();
    const vault = nextStart();
    expect(await vault.unlock()).toBe('open');
    expect(Buffer.from(vault.storeKey ?? [])).toEqual(storeKey);
  });

  it('answers many requests at once, one after the other', async () => {
    const keychain = new SystemKeychain();
    await keychain.write('many', 'secret');
    const answers = await Promise.all(Array.from({ length: 50 }, () => keychain.read('many')));
    expect(new Set(answers)).toEqual(new Set(['secret']));
  });

  it.each([
    [
      'removed',
      'store_key_missing',
      async () => expect(await keytar.deletePassword('Holdfast', await entry())).toBe(true),
    ],
    [
      'swapped',
      'store_key_wrong',
      async () =>
        keytar.setPassword('Holdfast', await entry(), Buffer.alloc(32, 9).toString('base64')),
    ],
  ] as const)('is opened by the recovery key where its entry was %s', async (_how, code, spoil) => {
    const { storeKey, text } = await profileInUse();
    await spoil();
    const [disk, kept] = [await fingerprint(), await keytar.getPassword('Holdfast', await entry())];
    const vault = nextStart();
    await expect(vault.unlock()).rejects.toMatchObject({ code });
    await expect(vault.openByRecoveryKey(recoveryKey().text)).rejects.toMatchObject({
      code: 'key_wrong',
    });
    expect(await fingerprint()).toBe(disk);
    expect(await keytar.getPassword('Holdfast', await entry())).toBe(kept);

    expect(await vault.openByRecoveryKey(text)).toBe('open');
    expect(Buffer.from(vault.storeKey ?? [])).toEqual(storeKey);
    // Written anew: the next start asks nobody.
    expect(await nextStart().unlock()).toBe('open');
    expect(await fingerprint()).toBe(disk);
  });

  it('tells a locked keyring from a lost entry, and opens once it is unlocked', async () => {
    const { storeKey } = await profileInUse();
    await session.keyring.lock();
    const disk = await fingerprint();
    const vault = nextStart();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'keychain_locked' });
    expect(await fingerprint()).toBe(disk);
    await session.keyring.unlock();
    expect(await vault.unlock()).toBe('open');
    expect(Buffer.from(vault.storeKey ?? [])).toEqual(storeKey);
    expect(await keytar.findCredentials('Holdfast')).not.toContainEqual(
      expect.objectContaining({ account: 'lock probe' }),
    );
  });

  it('lets the recovery key stand in for a locked keyring, which asks again next time', async () => {
    const { storeKey, text } = await profileInUse();
    await session.keyring.lock();
    const vault = nextStart();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'keychain_locked' });
    expect(await vault.openByRecoveryKey(text)).toBe('open');
    expect(Buffer.from(vault.storeKey ?? [])).toEqual(storeKey);
    await expect(nextStart().unlock()).rejects.toMatchObject({ code: 'keychain_locked' });
    await session.keyring.unlock();
  });

  it('counts a keyring that takes too long as not there, and still takes its late answer', async () => {
    await profileInUse();
    const impatient = new SystemKeychain({ answerWithinMs: 200 });
    const goOn = pauseDaemon(session.keyring.controlSocket);
    await expect(nextStart(impatient).unlock()).rejects.toMatchObject({
      code: 'keychain_unavailable',
    });
    goOn();
    expect(await nextStart().unlock()).toBe('open');
  });

  // The last one: keytar can't reach the daemon that would be started in place of this one.
  it('asks for a passphrase where there is no keyring, and makes no key', async () => {
    await session.keyring.stopDaemon();
    const vault = nextStart();
    expect(await vault.unlock()).toBe('choose');
    expect(vault.storeKey).toBeNull();
    expect(await readdir(profileDir)).toEqual([]);
  });
});

/** Stops the keyring's daemon in its tracks; gives what lets it go on. */
function pauseDaemon(controlSocket: string): () => void {
  const pid = readdirSync('/proc').find((name) => {
    if (!/^\d+$/.test(name)) return false;
    const command = commandOf(name);
    return command.startsWith('gnome-keyring-daemon') && command.includes(dirname(controlSocket));
  });
  process.kill(Number(pid), 'SIGSTOP');
  return () => process.kill(Number(pid), 'SIGCONT');
}

/** Empty where the process has ended meanwhile. */
function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  } catch {
    return '';
  }
}
