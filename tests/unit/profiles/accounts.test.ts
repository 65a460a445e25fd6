import { lstat, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { goodPassphrase } from '../vault/vault-on-disk';
import { ada, bob, Computer, eve, type Step } from './computer';

/** Hashes that take long are made on the way. */
const eventually = <Value>(read: () => Value): ReturnType<typeof expect.poll<Awaited<Value>>> =>
  expect.poll(read, { timeout: 10_000 });

let computer: Computer;
beforeEach(async () => {
  computer = await Computer.make();
  await computer.restart();
});
afterEach(() => computer[Symbol.asyncDispose]());

const whoIsIn = (): string | null => {
  const { value } = computer.app;
  return value.phase === 'signed_in' ? value.account.userId : null;
};
const phase = (): string => computer.app.value.phase;
const settled = (): Promise<void> => eventually(phase).not.toBe('starting');
/** The person's id in the list, by its place in it. */
const idOf = (place: number): string => computer.topic.value.accounts[place]?.id ?? 'none';

/** Ada's profile is the first; Bob's was made when he signed in at hers. */
async function adaAndBob(): Promise<void> {
  await computer.signIn(ada);
  await computer.signOut();
  await computer.signIn(bob);
  await eventually(whoIsIn).toBe(bob);
  await eventually(() => computer.topic.value.accounts[1]?.lastUsed).toBe(true);
}

describe('one person', () => {
  it('is asked nothing at the next start, and keeps the folder there was', async () => {
    await computer.signIn(ada);
    expect(computer.dir).toBe(computer.home);
    await eventually(() => computer.topic.value.accounts).toHaveLength(1);
    await computer.restart();
    expect(whoIsIn()).toBe(ada);
  });

  it('signs in again where they were', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    expect(await computer.signIn(ada)).toBe('here');
    expect(whoIsIn()).toBe(ada);
  });
});

describe('another person who signs in', () => {
  it('gets a profile of their own, with the same login, after everything else was closed', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    const before = await readFile(join(computer.home, 'crypto.db'), 'utf8');
    computer.steps.length = 0;
    expect(await computer.signIn(bob)).toBe('elsewhere');
    await eventually(whoIsIn).toBe(bob);
    expect(computer.app.value).toMatchObject({ handedOver: true });
    expect(computer.dir).not.toBe(computer.home);
    expect(computer.steps).toEqual(['engine closed', 'window renewed', 'engine opened', 'adopted']);
    expect(computer.ended).toEqual([]);
    expect(await readFile(join(computer.home, 'crypto.db'), 'utf8')).toBe(before);
    expect(computer.keychain.entries.size).toBe(2);
  });

  it('is led back to the profile they have', async () => {
    await adaAndBob();
    const { dir } = computer;
    await computer.signOut();
    await computer.signIn(eve);
    await eventually(whoIsIn).toBe(eve);
    expect(computer.dir).not.toBe(dir);
    await computer.signOut();
    await computer.signIn(bob, 'SECOND');
    await eventually(whoIsIn).toBe(bob);
    expect(computer.dir).toBe(dir);
    expect(computer.ended).toEqual([]);
  });

  it('goes on with the session there is, and the login too many is ended', async () => {
    await adaAndBob();
    await computer.accounts.open(idOf(0));
    await settled();
    await computer.signIn(bob, 'SECOND');
    await eventually(whoIsIn).toBe(bob);
    await eventually(() => computer.ended).toEqual([`token of ${bob} SECOND`]);
    expect(computer.topic.value.accounts).toHaveLength(2);
  });

  it('is not added twice: adding an account that is here opens it', async () => {
    await adaAndBob();
    await computer.accounts.add();
    expect(phase()).toBe('signed_out');
    await computer.signIn(ada);
    await eventually(whoIsIn).toBe(ada);
    expect(computer.dir).toBe(computer.home);
    await eventually(() => computer.topic.value.accounts).toHaveLength(2);
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
    await eventually(whoIsIn).toBe(eve);
    expect(computer.dir).toBe(dir);
  });

  it('waits with the login until the profile can be opened, and ends it with the wish', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    computer.keychain.failure = 'keychain_unavailable';
    await computer.signIn(bob);
    await eventually(phase).toBe('passphrase');
    expect(computer.ended).toEqual([]);
    await computer.accounts.profile.choosePassphrase(goodPassphrase, goodPassphrase);
    expect(whoIsIn()).toBe(bob);

    await computer.signOut();
    computer.keychain.failure = 'keychain_locked';
    await computer.signIn(eve);
    await eventually(phase).toBe('store_unavailable');
    await computer.accounts.choose();
    expect(computer.ended).toEqual([`token of ${eve} DEVICE`]);
  });

  it('has a login on its way ended when the app ends', async () => {
    await computer.signIn(ada);
    await computer.signOut();
    computer.keychain.failure = 'keychain_locked';
    await computer.signIn(bob);
    await eventually(phase).toBe('store_unavailable');
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
      if (phase() === 'choose_account') await computer.accounts.open(idOf(0));
      expect(computer.dir).toBe(computer.home);
      expect(computer.engine).toMatchObject({ owner: ada, signedIn: null });
      await computer.signIn(bob);
      await eventually(whoIsIn).toBe(bob);
      await eventually(() => computer.topic.value.accounts).toHaveLength(2);
      expect(await readdir(join(computer.home, 'profiles'))).toHaveLength(1);
    },
  );
});

describe('several people', () => {
  it('are asked at the start whose turn it is, and nothing is open before', async () => {
    await adaAndBob();
    await computer.restart();
    expect(phase()).toBe('choose_account');
    expect(computer.engine).toBeNull();
    expect(computer.topic.value).toMatchObject({
      open: null,
      accounts: [
        { number: 1, name: null, lastUsed: false },
        { number: 2, name: null, lastUsed: true },
      ],
    });
    await computer.accounts.open(idOf(1));
    expect(whoIsIn()).toBe(bob);
    expect(computer.topic.value.open).toBe(idOf(1));
  });

  it('are named as they want, and by nothing else', async () => {
    await adaAndBob();
    await computer.accounts.rename('Bob at home');
    await computer.restart();
    expect(computer.topic.value.accounts.map(({ name }) => name)).toEqual([null, 'Bob at home']);
    const files = await readdir(computer.home, { recursive: true, withFileTypes: true });
    for (const file of files) {
      if (!file.isFile() || file.name === 'crypto.db') continue;
      const path = join(file.parentPath, file.name);
      expect(path).not.toMatch(/bob|ada|example/);
      const text = (await readFile(path, 'utf8')).replace('Bob at home', '');
      expect(text, path).not.toMatch(/bob|ada:|example\.org/i);
    }
  });

  it('are found again where what was written about them is lost', async () => {
    await adaAndBob();
    for (const file of [
      'last-profile.json',
      'profile.json',
      join('profiles', idOf(1), 'profile.json'),
    ]) {
      await rm(join(computer.home, file));
    }
    await computer.restart();
    await eventually(() => computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(idOf(1));
    await eventually(whoIsIn).toBe(bob);
    // Opened once, Bob is known again.
    await computer.accounts.open(idOf(0));
    await settled();
    await computer.signIn(bob, 'SECOND');
    await eventually(whoIsIn).toBe(bob);
    await eventually(() => computer.topic.value.accounts).toHaveLength(2);
  });

  it('are not kept out by the trouble of one of them', async () => {
    await adaAndBob();
    const vault = join(computer.home, 'profiles', idOf(1), 'vault.json');
    const { profileId } = JSON.parse(await readFile(vault, 'utf8')) as { profileId: string };
    computer.keychain.entries.delete(`store-key ${profileId}`);
    await computer.restart();
    await computer.accounts.open(idOf(1));
    expect(computer.app.value).toMatchObject({ problem: { code: 'store_key_missing' } });
    await computer.accounts.open(idOf(0));
    expect(phase()).toBe('signed_out');
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
    await adaAndBob();
    const { dir } = computer;
    await computer.signOut();
    await writeFile(join(dir, 'crypto.db'), JSON.stringify({ owner: null, signedIn: null }));
    await computer.restart();
    await computer.accounts.open(idOf(1));
    expect(await computer.signIn(eve)).toBe('elsewhere');
    await eventually(whoIsIn).toBe(eve);
    expect(computer.dir).not.toBe(dir);
  });
});

describe('what is written about the profiles', () => {
  /** Every file of the computer, with what it says. */
  async function onDisk(): Promise<Record<string, string>> {
    const files = await readdir(computer.home, { recursive: true, withFileTypes: true });
    const contents = files
      .filter((file) => file.isFile())
      .map(({ parentPath, name }) => join(parentPath, name))
      .sort()
      .map(async (path) => [path, await readFile(path, 'utf8')] as const);
    return Object.fromEntries(await Promise.all(contents));
  }

  it('is on disk when the app has ended, and nothing is written after that', async () => {
    await computer.signIn(ada);
    await computer.accounts.close();
    const before = await onDisk();
    expect(before[join(computer.home, 'last-profile.json')]).toContain('first');
    expect(before[join(computer.home, 'profile.json')]).toContain('owner');
    await pause(50);
    expect(await onDisk()).toEqual(before);
  });

  it('is written before the profile is left: nothing of it comes after the next', async () => {
    await computer.signIn(ada);
    await computer.accounts.choose();
    expect(computer.topic.value.accounts).toMatchObject([{ lastUsed: true }]);
    const before = await onDisk();
    await pause(50);
    expect(await onDisk()).toEqual(before);
  });

  it('tells that the open profile is taken, where an account is added right after signing in', async () => {
    await computer.signIn(ada);
    await computer.accounts.add();
    expect(computer.dir).not.toBe(computer.home);
    expect(computer.topic.value.accounts).toMatchObject([{ lastUsed: true }]);
  });

  it('leaves with a profile that is removed right after signing in', async () => {
    await computer.signIn(ada);
    await computer.accounts.remove(ada, false);
    const { value } = computer.app;
    if (value.phase !== 'choose_account') throw new Error(value.phase);
    expect(await readdir(join(computer.home, value.removed ?? ''))).toContain('profile.json');
    expect(await readdir(computer.home)).not.toContain('profile.json');
    expect(computer.topic.value.accounts).toEqual([]);
  });

  it('keeps the name that is given in the same moment', async () => {
    await computer.signIn(ada);
    await Promise.all([
      computer.accounts.rename('Ada at home'),
      computer.accounts.opened({ id: 'first', dir: computer.home }, ada),
    ]);
    await computer.accounts.close();
    await computer.restart();
    expect(computer.topic.value.accounts).toMatchObject([{ name: 'Ada at home' }]);
    await computer.signOut();
    expect(await computer.signIn(bob)).toBe('elsewhere');
  });
});

describe('removing an account', () => {
  it('takes the address as the person’s word', async () => {
    await adaAndBob();
    await expect(computer.accounts.remove('bob', true)).rejects.toMatchObject({
      code: 'proof_mismatch',
    });
    expect(whoIsIn()).toBe(bob);
  });

  it('puts everything aside, deletes nothing, and leaves the others alone', async () => {
    await adaAndBob();
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
    expect(phase()).toBe('signed_out');
    expect(computer.dir).toBe(computer.home);
  });
});

describe('profiles that can’t be read', () => {
  it('are not taken for none: nobody who is known gets a new one', async () => {
    await adaAndBob();
    await computer.accounts.open(idOf(0));
    await computer.signIn(ada);
    await computer.accounts.remove(ada, false);
    const profiles = join(computer.home, 'profiles');
    await rename(profiles, `${profiles}-away`);
    await writeFile(profiles, 'not a folder');
    await computer.restart();
    expect(computer.dir).toBe(computer.home);
    await expect(computer.signIn(bob)).rejects.toMatchObject({ code: 'disk_error' });
    await rm(profiles);
    await rename(`${profiles}-away`, profiles);
    expect(await computer.signIn(bob)).toBe('elsewhere');
    await eventually(whoIsIn).toBe(bob);
    expect(await readdir(profiles)).toHaveLength(1);
  });
});

describe('a profile whose card can’t be read', () => {
  it('is not taken for one without a card: its person gets no other, and nothing is written over it', async () => {
    await adaAndBob();
    const { dir } = computer;
    const card = join(dir, 'profile.json');
    await computer.accounts.rename('Bob at home');
    await rename(card, `${card}-away`);
    // Read, it leads in a circle; written over, it would be gone.
    await symlink('profile.json', card);
    await computer.restart();
    expect(computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(idOf(0));
    await settled();
    await expect(computer.signIn(bob, 'SECOND')).rejects.toMatchObject({ code: 'disk_error' });
    expect(await readdir(join(computer.home, 'profiles'))).toHaveLength(1);
    // Those who are known go on.
    expect(await computer.signIn(ada)).toBe('here');

    await computer.accounts.open(idOf(1));
    await eventually(whoIsIn).toBe(bob);
    expect((await lstat(card)).isSymbolicLink()).toBe(true);
    await expect(computer.accounts.rename('Bob')).rejects.toMatchObject({ code: 'disk_error' });
    await computer.signOut();
    expect(await computer.signIn(bob)).toBe('here');

    await rename(`${card}-away`, card);
    await computer.restart();
    expect(computer.topic.value.accounts[1]).toMatchObject({ name: 'Bob at home' });
  });
});

describe('a profile whose card is damaged', () => {
  it('stays in the list, opens, and keeps what there was', async () => {
    await adaAndBob();
    const { dir } = computer;
    await writeFile(join(dir, 'profile.json'), '{"version":1,"na');
    await rm(join(dir, 'crypto.db'));
    await computer.restart();
    expect(computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(idOf(1));
    expect(await computer.signIn(bob)).toBe('here');
    await eventually(() => computer.topic.value.accounts).toHaveLength(2);
    const kept = (await readdir(dir)).filter((name) => name.includes('.damaged-'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(dir, kept[0]!), 'utf8')).toBe('{"version":1,"na');
    // Known again by the card that was made anew.
    await computer.accounts.open(idOf(0));
    await computer.signIn(bob, 'SECOND');
    await eventually(whoIsIn).toBe(bob);
    expect(computer.dir).toBe(dir);
  });
});
