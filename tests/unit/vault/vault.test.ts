import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import type { Keychain } from '../../../main/vault/keychain';
import { unlockVault } from '../../../main/vault/vault';
import { vaultFileName } from '../../../main/vault/vault-file';

/** What keychains do, one behaviour each; the real ones are in the integration tests. */
class KeychainInMemory implements Keychain {
  readonly entries = new Map<string, string>();
  failure: HoldfastError | null = null;
  forgetful = false;

  read(entry: string): Promise<string | null> {
    if (this.failure !== null) return Promise.reject(this.failure);
    return Promise.resolve(this.entries.get(entry) ?? null);
  }

  write(entry: string, secret: string): Promise<void> {
    if (this.failure !== null) return Promise.reject(this.failure);
    if (!this.forgetful) this.entries.set(entry, secret);
    return Promise.resolve();
  }
}

let profileDir: string;
let keychain: KeychainInMemory;

beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'holdfast-vault-'));
  keychain = new KeychainInMemory();
});
afterEach(() => rm(profileDir, { recursive: true }));

const unlock = (exists = false): Promise<Uint8Array> =>
  unlockVault({ profileDir, keychain, storeExists: () => Promise.resolve(exists) });

describe('the vault', () => {
  it('makes a key on the first start and gives the same one ever after', async () => {
    const first = await unlock();
    expect(first).toHaveLength(32);
    expect(await unlock(true)).toEqual(first);
    expect(keychain.entries.size).toBe(1);
  });

  it('gives every profile a key of its own', async () => {
    const first = await unlock();
    await rm(join(profileDir, vaultFileName));
    expect(await unlock()).not.toEqual(first);
    expect(keychain.entries.size).toBe(2);
  });

  it('writes nothing that tells the key, readable by its owner only', async () => {
    const key = await unlock();
    const path = join(profileDir, vaultFileName);
    const content = await readFile(path, 'utf8');
    expect(content).not.toContain(Buffer.from(key).toString('base64'));
    expect(content).not.toContain(Buffer.from(key).toString('hex'));
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(profileDir)).toEqual([vaultFileName]);
  });

  it.each([
    [
      'the entry is gone',
      (chain: KeychainInMemory) => {
        chain.entries.clear();
      },
      'store_key_missing',
    ],
    [
      'the entry is another key',
      (chain: KeychainInMemory) => {
        for (const entry of chain.entries.keys()) {
          chain.entries.set(entry, Buffer.alloc(32, 7).toString('base64'));
        }
      },
      'store_key_wrong',
    ],
    [
      'the entry is no key at all',
      (chain: KeychainInMemory) => {
        for (const entry of chain.entries.keys()) chain.entries.set(entry, 'nonsense');
      },
      'store_key_wrong',
    ],
    [
      'the keychain is locked',
      (chain: KeychainInMemory) => {
        chain.failure = new HoldfastError('keychain_locked', 'locked');
      },
      'keychain_locked',
    ],
  ])('never makes a new key when %s', async (_name, spoil, code) => {
    await unlock();
    const before = await readFile(join(profileDir, vaultFileName), 'utf8');
    spoil(keychain);
    const entries = new Map(keychain.entries);
    await expect(unlock(true)).rejects.toMatchObject({ code });
    expect(keychain.entries).toEqual(entries);
    expect(await readFile(join(profileDir, vaultFileName), 'utf8')).toBe(before);
  });

  it('never makes a key beside a store whose vault file is gone', async () => {
    await expect(unlock(true)).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(keychain.entries.size).toBe(0);
  });

  it('does not trust a keychain that forgets what it was given', async () => {
    keychain.forgetful = true;
    await expect(unlock()).rejects.toMatchObject({ code: 'keychain_unavailable' });
    expect(await readdir(profileDir)).toEqual([]);
  });

  it.each([
    ['a newer version', '{"version":2,"profileId":"x"}', 'store_newer'],
    ['rubbish', 'half a fi', 'store_damaged'],
    ['an unknown backend', '{"version":1,"backend":"basic_text"}', 'store_damaged'],
  ])('leaves a vault file of %s untouched and says so', async (_name, content, code) => {
    const path = join(profileDir, vaultFileName);
    await writeFile(path, content);
    await expect(unlock()).rejects.toMatchObject({ code });
    expect(await readFile(path, 'utf8')).toBe(content);
    expect(keychain.entries.size).toBe(0);
  });
});
