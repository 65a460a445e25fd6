import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { finishKeepingAside, keepStoreAside } from '../../../main/store/keep-aside';
import { lockProfile } from '../../../main/store/profile-lock';

const names = ['crypto.db', 'cache.db', 'vault.json'];
const now = new Date('2026-03-04T05:06:07.089Z');
const folder = 'kept-20260304T050607089Z';

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-aside-'));
});
afterEach(() => rm(dir, { recursive: true }));

const write = (name: string, content = name): Promise<void> => writeFile(join(dir, name), content);
const contentsOf = async (path: string): Promise<Record<string, string>> => {
  const files = (await readdir(path)).sort();
  const read = files.map(async (name) => [name, await readFile(join(path, name), 'utf8')] as const);
  return Object.fromEntries(await Promise.all(read));
};

describe('putting a store aside', () => {
  it('moves all of it, with its logs, and nothing else', async () => {
    const store = ['cache.db', 'crypto.db', 'crypto.db-shm', 'crypto.db-wal', 'vault.json'];
    for (const name of [...store, 'preferences.json']) await write(name);
    expect(await keepStoreAside(dir, names, now)).toBe(folder);
    expect(await contentsOf(join(dir, folder))).toEqual(
      Object.fromEntries(store.map((name) => [name, name])),
    );
    expect((await stat(join(dir, folder))).mode & 0o777).toBe(0o700);
    expect((await readdir(dir)).sort()).toEqual([folder, 'preferences.json', 'profile.lock']);
  });

  it('overwrites none that is there, also within the same millisecond', async () => {
    await write('crypto.db', 'first');
    await keepStoreAside(dir, names, now);
    await write('crypto.db', 'second');
    expect(await keepStoreAside(dir, names, now)).toBe(`${folder}-1`);
    expect(await contentsOf(join(dir, folder))).toEqual({ 'crypto.db': 'first' });
    expect(await contentsOf(join(dir, `${folder}-1`))).toEqual({ 'crypto.db': 'second' });
  });

  it('is finished at the next start where a crash cut it off', async () => {
    await mkdir(join(dir, `${folder}.moving`));
    await write(`${folder}.moving/crypto.db`, 'keys');
    await write('crypto.db-wal', 'their log');
    await write('vault.json', 'their wrap');
    expect(await finishKeepingAside(dir, names)).toBe(folder);
    expect(await contentsOf(join(dir, folder))).toEqual({
      'crypto.db': 'keys',
      'crypto.db-wal': 'their log',
      'vault.json': 'their wrap',
    });
    expect(await finishKeepingAside(dir, names)).toBeNull();
  });

  it('touches nothing while another process has the profile open', async () => {
    await write('crypto.db');
    const lock = lockProfile(dir);
    await expect(keepStoreAside(dir, names, now)).rejects.toMatchObject({ reason: 'in_use' });
    expect((await readdir(dir)).sort()).toEqual(['crypto.db', 'profile.lock']);
    lock.release();
    expect(await keepStoreAside(dir, names, now)).toBe(folder);
  });
});
