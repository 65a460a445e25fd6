import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { recoveryKey, VaultOnDisk } from './vault-on-disk';

let disk: VaultOnDisk;
beforeEach(async () => {
  disk = await VaultOnDisk.make();
  const vault = disk.vault();
  await vault.unlock();
  await vault.recoveryKeyKnown(recoveryKey().proven());
  await disk.makeStore();
});
afterEach(() => disk[Symbol.asyncDispose]());

const at = (name: string): string => join(disk.profileDir, name);

describe('the two copies of the vault file', () => {
  it.each(
    vaultFileNames.flatMap((name) => [
      [`${name} is gone`, () => rm(at(name))] as const,
      [`${name} is torn`, () => disk.write(name, '{"version": 2, "profi')] as const,
      [`${name} is empty`, () => disk.write(name, '')] as const,
      [
        `${name} has a flipped bit in its wrap`,
        async () => {
          const content = JSON.stringify(await disk.content(name));
          const flipped = content.replace(/"ciphertext":"(.)/, (found, first) =>
            found.replace(/.$/, first === 'A' ? 'B' : 'A'),
          );
          expect(flipped).not.toBe(content);
          await disk.write(name, flipped);
        },
      ] as const,
    ]),
  )('open the store where %s, and are whole again', async (_name, spoil) => {
    const [kept, other] = [await disk.content(), await disk.content(vaultFileNames[1])];
    expect(kept).toEqual(other);
    await spoil();
    const vault = disk.vault();
    expect(await vault.unlock()).toBe('open');
    for (const name of vaultFileNames) {
      expect(await disk.content(name)).toMatchObject({
        profileId: kept['profileId'],
        wraps: kept['wraps'],
        revision: Number(kept['revision']) + 1,
      });
    }
  });

  it('hold by the later one', async () => {
    const old = JSON.stringify(await disk.content());
    const key = recoveryKey();
    const vault = disk.vault();
    await vault.unlock();
    await vault.recoveryKeyKnown(key.proven());
    await disk.write(vaultFileNames[0], old);
    disk.keychain.entries.clear();
    const next = disk.vault();
    await expect(next.unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(await next.openByRecoveryKey(key.text)).toBe('open');
  });

  it.each([
    ['both torn', ['{', '{'], 'store_damaged'],
    ['of an unknown backend', ['{"version":1,"backend":"basic_text"}', '{}'], 'store_damaged'],
    ['one of a newer version', ['{"version":3,"profileId":"x"}', null], 'store_newer'],
    ['the copy of a newer version', [null, '{"version":3}'], 'store_newer'],
  ] as const)('are left as they are: %s', async (_name, contents, code) => {
    for (const [index, content] of contents.entries()) {
      if (content !== null) await disk.write(vaultFileNames[index] ?? '', content);
    }
    const before = await disk.fingerprint();
    await expect(disk.vault().unlock()).rejects.toMatchObject({ code });
    expect(await disk.fingerprint()).toEqual(before);
  });

  it('never lead to a new key when both are gone', async () => {
    for (const name of vaultFileNames) await rm(at(name));
    const before = await disk.fingerprint();
    await expect(disk.vault().unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(await disk.fingerprint()).toEqual(before);
  });

  it('take over what the first version wrote', async () => {
    const { profileId, keyCheck } = await disk.content();
    await rm(at(vaultFileNames[1]));
    await disk.write(
      vaultFileNames[0],
      JSON.stringify({ version: 1, profileId, backend: 'keychain', keyCheck }),
    );
    expect(await disk.vault().unlock()).toBe('open');
    for (const name of vaultFileNames) {
      expect(await disk.content(name)).toMatchObject({
        version: 2,
        profileId,
        keyCheck,
        wraps: {},
      });
    }
  });

  it('of the first version stay as they are while their key is missing', async () => {
    const { profileId, keyCheck } = await disk.content();
    await rm(at(vaultFileNames[1]));
    await disk.write(
      vaultFileNames[0],
      JSON.stringify({ version: 1, profileId, backend: 'keychain', keyCheck }),
    );
    disk.keychain.entries.clear();
    const before = await disk.fingerprint();
    await expect(disk.vault().unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    expect(await disk.fingerprint()).toEqual(before);
  });
});
