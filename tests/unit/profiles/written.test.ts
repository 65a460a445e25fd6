import { lstat, readdir, readFile, rename, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ada, bob, Computer } from './computer';

let computer: Computer;
beforeEach(async () => {
  computer = await Computer.make();
  await computer.restart();
});
afterEach(() => computer[Symbol.asyncDispose]());

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
    await computer.isIn(bob);
  });
});

describe('profiles that can’t be read', () => {
  it('are not taken for none: nobody who is known gets a new one', async () => {
    await computer.adaAndBob();
    await computer.accounts.open(computer.idOf(0));
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
    await computer.isIn(bob);
    expect(await readdir(profiles)).toHaveLength(1);
  });
});

describe('a profile whose card can’t be read', () => {
  it('is not taken for one without a card: its person gets no other, and nothing is written over it', async () => {
    await computer.adaAndBob();
    const { dir } = computer;
    const card = join(dir, 'profile.json');
    await computer.accounts.rename('Bob at home');
    await rename(card, `${card}-away`);
    // Read, it leads in a circle; written over, it would be gone.
    await symlink('profile.json', card);
    await computer.restart();
    expect(computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(computer.idOf(0));
    await computer.settled();
    await expect(computer.signIn(bob, 'SECOND')).rejects.toMatchObject({ code: 'disk_error' });
    expect(await readdir(join(computer.home, 'profiles'))).toHaveLength(1);
    // Those who are known go on.
    expect(await computer.signIn(ada)).toBe('here');

    await computer.accounts.open(computer.idOf(1));
    await computer.isIn(bob);
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
    await computer.adaAndBob();
    const { dir } = computer;
    await writeFile(join(dir, 'profile.json'), '{"version":1,"na');
    await rm(join(dir, 'crypto.db'));
    await computer.restart();
    expect(computer.topic.value.accounts).toHaveLength(2);
    await computer.accounts.open(computer.idOf(1));
    expect(await computer.signIn(bob)).toBe('here');
    await expect.poll(() => computer.topic.value.accounts).toHaveLength(2);
    const kept = (await readdir(dir)).filter((name) => name.includes('.damaged-'));
    expect(kept).toHaveLength(1);
    expect(await readFile(join(dir, kept[0]!), 'utf8')).toBe('{"version":1,"na');
    // Known again by the card that was made anew.
    await computer.accounts.open(computer.idOf(0));
    await computer.signIn(bob, 'SECOND');
    await computer.isIn(bob);
    expect(computer.dir).toBe(dir);
  });
});
