import { readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { goodPassphrase } from '../vault/vault-on-disk';
import { ada, bob, Computer, eve, type Step } from './computer';

let computer: Computer;
beforeEach(async () => {
  computer = await Computer.make();
  await computer.restart();
});
afterEach(() => computer[Symbol.asyncDispose]());

describe('one person', () => {
  it('is asked nothing at the next start, and keeps the folder there was', async () => {
    await computer.signIn(ada);
    expect(computer.dir).toBe(computer.home);
    await expect.poll(() => computer.topic.value.accounts).toHaveLength(1);
    await computer.restart();
    expect(computer.whoIsIn).toBe(ada);
  });

  it('signs in again where they were', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    expect(await computer.signIn(ada)).toBe('here');
    expect(computer.whoIsIn).toBe(ada);
  });
});

describe('another person who signs in', () => {
  it('gets a profile of their own, with the same login, after everything else was closed', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    const before = await readFile(join(computer.home, 'crypto.db'), 'utf8');
    computer.steps.length = 0;
    expect(await computer.signIn(bob)).toBe('elsewhere');
    await computer.isIn(bob);
    expect(computer.app.value).toMatchObject({ handedOver: true });
    expect(computer.dir).not.toBe(computer.home);
    expect(computer.steps).toEqual(['engine closed', 'window renewed', 'engine opened', 'adopted']);
    expect(computer.ended).toEqual([]);
    expect(await readFile(join(computer.home, 'crypto.db'), 'utf8')).toBe(before);
    expect(computer.keychain.entries.size).toBe(2);
  });

  it('is led back to the profile they have', async () => {
    await computer.adaAndBob();
    const { dir } = computer;
    await computer.signOut();
    await computer.signIn(eve);
    await computer.isIn(eve);
    expect(computer.dir).not.toBe(dir);
    await computer.signOut();
    await computer.signIn(bob, 'SECOND');
    await computer.isIn(bob);
    expect(computer.dir).toBe(dir);
    expect(computer.ended).toEqual([]);
  });

  it('goes on with the session there is, and the login too many is ended', async () => {
    await computer.adaAndBob();
    await computer.accounts.open(computer.idOf(0));
    await computer.settled();
    await computer.signIn(bob, 'SECOND');
    await computer.isIn(bob);
    await expect.poll(() => computer.ended).toEqual([`token of ${bob} SECOND`]);
    expect(computer.topic.value.accounts).toHaveLength(2);
  });

  it('is not added twice: adding an account that is here opens it', async () => {
    await computer.adaAndBob();
    await computer.accounts.add();
    expect(computer.phase).toBe('signed_out');
    await computer.signIn(ada);
    await computer.isIn(ada);
    expect(computer.dir).toBe(computer.home);
    await expect.poll(() => computer.topic.value.accounts).toHaveLength(2);
  });

  it('leaves nothing behind where it fails, and the profile is free for the next', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    computer.failAdopting = new HoldfastError('disk_full', 'No');
    await computer.signIn(bob);
    await expect
      .poll(() => computer.app.value)
      .toEqual({ phase: 'signed_out', signInFailed: 'disk_full' });
    expect(computer.ended).toEqual([`token of ${bob} DEVICE`]);
    expect(computer.topic.value.accounts).toHaveLength(1);
    const { dir } = computer;
    computer.failAdopting = null;
    await computer.signIn(eve);
    await computer.isIn(eve);
    expect(computer.dir).toBe(dir);
  });

  it('waits with the login until the profile can be opened, and ends it with the wish', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    computer.keychain.failure = 'keychain_unavailable';
    await computer.signIn(bob);
    await expect.poll(() => computer.phase).toBe('passphrase');
    expect(computer.ended).toEqual([]);
    await computer.accounts.profile.choosePassphrase(goodPassphrase, goodPassphrase);
    expect(computer.whoIsIn).toBe(bob);

    await computer.signOut();
    computer.keychain.failure = 'keychain_locked';
    await computer.signIn(eve);
    await expect.poll(() => computer.phase).toBe('store_unavailable');
    await computer.accounts.choose();
    expect(computer.ended).toEqual([`token of ${eve} DEVICE`]);
  });

  it('has a login on its way ended when the app ends', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    computer.keychain.failure = 'keychain_locked';
    await computer.signIn(bob);
    await expect.poll(() => computer.phase).toBe('store_unavailable');
    await computer.accounts.close();
    expect(computer.ended).toEqual([`token of ${bob} DEVICE`]);
  });

  const steps: readonly Step[] = ['engine closed', 'window renewed', 'engine opened', 'adopted'];
  it.each(steps)(
    'finds their own profile, and Ada hers, where the process ended before: %s',
    async (step) => {
      await computer.signIn(ada);
      await computer.signOut();
      computer.killBefore = step;
      await computer.signIn(bob);
      await computer.killed;
      await computer.restart();
      if (computer.phase === 'choose_account') await computer.accounts.open(computer.idOf(0));
      expect(computer.dir).toBe(computer.home);
      expect(computer.engine).toMatchObject({ owner: ada, signedIn: null });
      await computer.signIn(bob);
      await computer.isIn(bob);
      await expect.poll(() => computer.topic.value.accounts).toHaveLength(2);
      expect(await readdir(join(computer.home, 'profiles'))).toHaveLength(1);
    },
  );
});

describe('several people', () => {
  it('are asked at the start whose turn it is, and nothing is open before', async () => {
    await computer.adaAndBob();
    await computer.restart();
    expect(computer.phase).toBe('choose_account');
    expect(computer.engine).toBeNull();
    expect(computer.topic.value).toMatchObject({
      open: null,
      accounts: [
        { number: 1, name: null, lastUsed: false },
        { number: 2, name: null, lastUsed: true },
      ],
    });
    await computer.accounts.open(computer.idOf(1));
    expect(computer.whoIsIn).toBe(bob);
    expect(computer.topic.value.open).toBe(computer.idOf(1));
  });

  it('are named as they want, and by nothing else', async () => {
    await computer.adaAndBob();
    await computer.accounts.rename('Bob at home');
    await computer.restart();
    expect(computer.topic.value.accounts.map(({ name }) => name)).toEqual([null, 'Bob at home']);
    const files = await readdir(computer.home, { recursive: true, withFileTypes: true });
    for (const file of files) {
      if (!file.isFile() || file.name === 'crypto.db') continue;
      const path = join(file.parentPath, file.name);
      expect(path).not.toMatch(/bob|ada|example/);
      const text = (await readFile(path, 'utf8'))
        .replace('Bob at home', '')
        // Random, in Base64: any short word may come up in it.
        .replaceAll(/"(keyCheck|checksum|salt|hash)":\s*"[^"]*"/g, '');
      expect(text, path).not.toMatch(/bob|ada:|example\.org/i);
    }
  });

  it('are found again where what was written about them is lost', async () => {
    await computer.adaAndBob();
    for (const file of [
      'last-profile.json',
      'profile.json',
      join('profiles', computer.idOf(1), 'profile.json'),
    ]) {
      await rm(join(computer.home, file));
    }
    await computer.restart();
    await expect.poll(() => computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(computer.idOf(1));
    await computer.isIn(bob);
    // Opened once, Bob is known again.
    await computer.accounts.open(computer.idOf(0));
    await computer.settled();
    await computer.signIn(bob, 'SECOND');
    await computer.isIn(bob);
    await expect.poll(() => computer.topic.value.accounts).toHaveLength(2);
  });

  it('are not kept out by the trouble of one of them', async () => {
    await computer.adaAndBob();
    const vault = join(computer.home, 'profiles', computer.idOf(1), 'vault.json');
    const { profileId } = JSON.parse(await readFile(vault, 'utf8')) as { profileId: string };
    computer.keychain.entries.delete(`store-key ${profileId}`);
    await computer.restart();
    await computer.accounts.open(computer.idOf(1));
    expect(computer.app.value).toMatchObject({ problem: { code: 'store_key_missing' } });
    await computer.accounts.open(computer.idOf(0));
    expect(computer.phase).toBe('signed_out');
    expect(await computer.signIn(ada)).toBe('here');
  });

  it('refuses an account that is not there', async () => {
    for (const id of ['../..', 'none', '20261124T020800123Z']) {
      await expect(computer.accounts.open(id)).rejects.toMatchObject({ code: 'not_allowed' });
    }
  });
});

describe('a store put aside', () => {
  it('leaves the profile to its person', async () => {
    await computer.adaAndBob();
    const { dir } = computer;
    await computer.signOut();
    await writeFile(join(dir, 'crypto.db'), JSON.stringify({ owner: null, signedIn: null }));
    await computer.restart();
    await computer.accounts.open(computer.idOf(1));
    expect(await computer.signIn(eve)).toBe('elsewhere');
    await computer.isIn(eve);
    expect(computer.dir).not.toBe(dir);
  });
});

describe('removing an account', () => {
  it('takes the address as the person’s word', async () => {
    await computer.adaAndBob();
    await expect(computer.accounts.remove('bob', true)).rejects.toMatchObject({
      code: 'proof_mismatch',
    });
    expect(computer.whoIsIn).toBe(bob);
  });

  it('puts everything aside, deletes nothing, and leaves the others alone', async () => {
    await computer.adaAndBob();
    const { dir } = computer;
    const entries = computer.keychain.entries.size;
    const store = await readFile(join(dir, 'vault.json'), 'utf8');
    await computer.accounts.remove(`${bob} `, false);
    const { value } = computer.app;
    if (value.phase !== 'choose_account') throw new Error(value.phase);
    expect((await readdir(dir)).sort()).toEqual([value.removed, 'profile.lock']);
    expect((await readdir(join(dir, value.removed ?? ''))).sort()).toEqual([
      'crypto.db',
      'profile.json',
      'vault-copy.json',
      'vault.json',
    ]);
    expect(await readFile(join(dir, value.removed ?? '', 'vault.json'), 'utf8')).toBe(store);
    expect(computer.keychain.entries.size).toBe(entries);
    expect(computer.topic.value.accounts).toHaveLength(1);
    await computer.restart();
    expect(computer.phase).toBe('signed_out');
    expect(computer.dir).toBe(computer.home);
  });
});
