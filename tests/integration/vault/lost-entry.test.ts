/** The whole way back to an account's history: real server, real engine, real keyring. */
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import keytar from 'keytar';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { VaultState } from '../../../preload/model/app';
import { profileStoreExists } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import { SystemKeychain } from '../../../main/vault/system-keychain';
import { closedVault, Vault } from '../../../main/vault/vault';
import { startEngine, type TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { usePrivateKeyring } from '../../support/keyring/private';
import { recoveryKey } from '../../unit/vault/vault-on-disk';
import { converse, readMessage } from '../keys/conversation';
import { goodPhrase, setUpByKey, setUpByPhrase } from '../keys/setup-by';

usePrivateKeyring();

let profileDir: string;
let state: ValueSource<VaultState>;
let engine: TestEngine | null = null;

beforeEach(async () => {
  profileDir = await mkdtemp(join(tmpdir(), 'holdfast-lost-'));
});
afterEach(async () => {
  await engine?.stop();
  engine = null;
  await rm(profileDir, { recursive: true, force: true });
});

const nextStart = (): Vault => {
  state = new ValueSource<VaultState>(closedVault);
  const storeExists = (): Promise<boolean> => profileStoreExists(profileDir);
  return new Vault({ profileDir, keychain: new SystemKeychain(), storeExists, state });
};

async function openEngine(vault: Vault, signIn = false): Promise<TestEngine> {
  const storeKey = vault.storeKey;
  if (storeKey === null) throw new Error('The vault is locked');
  const homeserver = await sharedHomeserver();
  const user = signIn ? await homeserver.registerUser(uniqueName('ada')) : null;
  engine = await startEngine({
    profile: { dir: profileDir, storeKey },
    ...(user !== null && { signIn: { homeserver, user } }),
  });
  return engine;
}

async function loseEntry(): Promise<void> {
  const content = await readFile(join(profileDir, 'vault.json'), 'utf8');
  const { profileId } = JSON.parse(content) as { readonly profileId: string };
  expect(await keytar.deletePassword('Holdfast', `store-key ${profileId}`)).toBe(true);
}

async function fingerprint(): Promise<Record<string, string>> {
  const names = (await readdir(profileDir)).sort();
  const hashes = names.map(async (name) => {
    const content = await readFile(join(profileDir, name));
    return [name, createHash('sha256').update(content).digest('hex')] as const;
  });
  return Object.fromEntries(await Promise.all(hashes));
}

describe('a keychain that has lost the entry of a profile in use', () => {
  it.each([
    ['its recovery key', setUpByKey, (kept: string) => kept],
    ['its security phrase', setUpByPhrase, () => goodPhrase.normalize('NFD')],
  ])('takes nothing away: %s opens the old messages', async (_name, setUp, typed) => {
    const first = nextStart();
    await first.unlock();
    const laptop = await openEngine(first, true);
    const sent = await converse(laptop, 1, 2);
    const kept = await setUp(laptop);
    const [proven, ...more] = laptop.recoveryKeys;
    expect(more).toEqual([]);
    if (proven === undefined) throw new Error('The engine told of no key');
    await first.recoveryKeyKnown(proven);
    expect(state.value.recoveryWrap).toBe(true);
    const before = laptop.account;
    await laptop.stop();
    await first.lock();

    await loseEntry();
    const left = await fingerprint();
    const vault = nextStart();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    await expect(vault.openByRecoveryKey(recoveryKey().text)).rejects.toMatchObject({
      code: 'key_wrong',
    });
    expect(await fingerprint()).toEqual(left);

    expect(await vault.openByRecoveryKey(typed(kept))).toBe('open');
    const again = await openEngine(vault);
    expect(again.account).toEqual(before);
    for (const message of sent) expect(await readMessage(again, message)).toBe(message.text);
    await again.stop();

    const next = nextStart();
    expect(await next.unlock()).toBe('open');
  });

  it('is prepared for by a restore, too, which proves the key on a second computer', async () => {
    const homeserver = await sharedHomeserver();
    const user = await homeserver.registerUser(uniqueName('ada'));
    await using laptop = await startEngine({ signIn: { homeserver, user } });
    const sent = await converse(laptop, 1, 1);
    const kept = await setUpByKey(laptop);

    const first = nextStart();
    await first.unlock();
    const storeKey = first.storeKey;
    if (storeKey === null) throw new Error('The vault is locked');
    engine = await startEngine({
      profile: { dir: profileDir, storeKey },
      signIn: { homeserver, user },
    });
    await expect(
      engine.call('restore.begin', { secret: recoveryKey().text }),
    ).rejects.toMatchObject({ code: 'key_wrong' });
    expect(engine.recoveryKeys).toEqual([]);
    await engine.call('restore.begin', { secret: kept });
    await engine.restore.waitFor(({ step }) => step === 'done');
    for (const proven of engine.recoveryKeys) await first.recoveryKeyKnown(proven);
    await engine.stop();

    await loseEntry();
    const vault = nextStart();
    await expect(vault.unlock()).rejects.toMatchObject({ code: 'store_key_missing' });
    await vault.openByRecoveryKey(kept);
    const again = await openEngine(vault);
    const [message] = sent;
    if (message === undefined) throw new Error('Nothing was sent');
    expect(await readMessage(again, message)).toBe(message.text);
  });
});
