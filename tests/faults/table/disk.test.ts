import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { StoreError } from '../../../main/store/store-error';
import { bundleChild } from '../support/bundle-child';
import { openStore, profileIntegrity } from '../support/profile';
import {
  copyOf,
  fingerprint,
  keptProfile,
  readKeys,
  someKeys,
  temporaryFolder,
  writeKeys,
} from './kept-profile';
import { openElsewhere } from './opened-elsewhere';

/** Without any right of its own; root is bound by no file mode. */
const NOBODY = 65_534;
const isRoot = process.getuid?.() === 0;

let opener = '';
beforeAll(() => {
  opener = bundleChild('table/opener.ts');
});

describe.skipIf(process.platform === 'win32')('a profile that can’t be written to', () => {
  function setModes(folder: string, folderMode: number, fileMode: number): void {
    for (const name of readdirSync(folder)) chmodSync(join(folder, name), fileMode);
    chmodSync(folder, folderMode);
  }

  it('is refused by that name, is not changed, and opens when it can be written to', async () => {
    const folder = await keptProfile();
    const before = fingerprint(folder);
    setModes(folder, 0o555, 0o444);
    const refused = await openElsewhere(opener, folder, isRoot ? NOBODY : undefined);
    await refused.close();
    expect(refused.answer).toBe('failed read_only');
    expect(fingerprint(folder)).toEqual(before);
    setModes(folder, 0o777, 0o666);
    const opened = await openElsewhere(opener, folder, isRoot ? NOBODY : undefined);
    await opened.close();
    expect(opened.answer).toBe('opened kept');
    expect(profileIntegrity(folder)).toEqual([]);
  });
});

describe('two processes', () => {
  it('never open one profile at once: one of many gets it, the others are told', async () => {
    const folder = await keptProfile();
    const all = await Promise.all([1, 2, 3, 4].map(() => openElsewhere(opener, folder)));
    const answers = all.map(({ answer }) => answer).sort();
    await Promise.all(all.map((each) => each.close()));
    expect(answers).toEqual(['failed in_use', 'failed in_use', 'failed in_use', 'opened kept']);
    expect(profileIntegrity(folder)).toEqual([]);
  });
});

function whyNoMount(): string | null {
  if (process.platform !== 'linux' || !isRoot) return 'only root on Linux can mount a file system';
  const folder = temporaryFolder();
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', folder], { stdio: 'ignore' });
    execFileSync('umount', [folder]);
    return null;
  } catch {
    return 'mounting is not permitted here';
  }
}

describe('a full disk', () => {
  /** A file system of its own, of some megabytes. */
  async function onSmallDisk(use: (disk: SmallDisk) => Promise<void>): Promise<void> {
    const mount = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', mount]);
    const filler = join(mount, 'filler');
    try {
      await use({
        folder: mount,
        fill() {
          // To the last page: writing goes on until nothing fits.
          for (const size of [1 << 20, 1 << 16, 4096]) {
            try {
              for (;;) writeFileSync(filler, Buffer.alloc(size), { flag: 'a' });
            } catch {
              continue;
            }
          }
        },
        clear() {
          rmSync(filler, { force: true });
        },
      });
    } finally {
      execFileSync('umount', ['-l', mount]);
    }
  }

  interface SmallDisk {
    readonly folder: string;
    readonly fill: () => void;
    readonly clear: () => void;
  }

  const reason = whyNoMount();

  it('refuses a write by name, keeps what was acknowledged, and takes writes again', async (context) => {
    if (reason !== null) context.skip(reason);
    await onSmallDisk(async ({ folder, fill, clear }) => {
      const profile = join(folder, 'profile');
      mkdirSync(profile);
      const store = openStore(profile);
      await writeKeys(store, 'crypto', someKeys);
      fill();
      let refused: unknown = null;
      const written = [...someKeys];
      for (let n = 100; n < 250 && refused === null; n += 1) {
        await writeKeys(store, 'crypto', [n]).then(
          () => written.push(n),
          (error: unknown) => (refused = error),
        );
      }
      expect(refused).toMatchObject({ name: 'QuotaExceededError' });
      expect(() => store.crypto.records.set('session', 'x'.repeat(100_000))).toThrow(StoreError);
      expect(await readKeys(store, 'crypto')).toEqual(written);
      clear();
      await writeKeys(store, 'crypto', [251]);
      store.crypto.records.set('session', 'again');
      store.close();
      const again = openStore(profile);
      expect(await readKeys(again, 'crypto')).toEqual([...written, 251]);
      expect(again.crypto.records.get('session')).toBe('again');
      again.close();
      expect(profileIntegrity(profile)).toEqual([]);
    });
  });

  it('opens a profile that is there, or says that the disk is full; nothing is lost', async (context) => {
    if (reason !== null) context.skip(reason);
    const kept = await keptProfile();
    await onSmallDisk(async ({ folder, fill, clear }) => {
      const profile = join(folder, 'profile');
      execFileSync('cp', ['-r', kept, profile]);
      fill();
      let reasonGiven = 'opened';
      try {
        openStore(profile).close();
      } catch (error) {
        reasonGiven = error instanceof StoreError ? error.reason : String(error);
      }
      expect(reasonGiven).toBeOneOf(['opened', 'disk_full']);
      clear();
      const store = openStore(profile);
      expect(await readKeys(store, 'crypto')).toEqual(someKeys);
      store.close();
    });
  });

  it('at the first start says so, and the next start makes the profile', async (context) => {
    if (reason !== null) context.skip(reason);
    await onSmallDisk(async ({ folder, fill, clear }) => {
      const profile = join(folder, 'profile');
      mkdirSync(profile);
      fill();
      let reasonGiven = '';
      try {
        openStore(profile).close();
      } catch (error) {
        reasonGiven = error instanceof StoreError ? error.reason : String(error);
      }
      expect(reasonGiven).toBe('disk_full');
      clear();
      const store = openStore(profile);
      await writeKeys(store, 'crypto', [1]);
      store.close();
      expect(profileIntegrity(profile)).toEqual([]);
    });
  });

  it('after a crash, with transactions in the log alone, loses none of them', async (context) => {
    if (reason !== null) context.skip(reason);
    const folder = temporaryFolder();
    const store = openStore(folder);
    await writeKeys(store, 'crypto', someKeys);
    const crashed = copyOf(folder);
    store.close();
    await onSmallDisk(async ({ folder: disk, fill, clear }) => {
      const profile = join(disk, 'profile');
      execFileSync('cp', ['-r', crashed, profile]);
      fill();
      let reasonGiven = 'opened';
      try {
        openStore(profile).close();
      } catch (error) {
        reasonGiven = error instanceof StoreError ? error.reason : String(error);
      }
      expect(reasonGiven).toBeOneOf(['opened', 'disk_full']);
      clear();
      const again = openStore(profile);
      expect(await readKeys(again, 'crypto')).toEqual(someKeys);
      again.close();
    });
  });
});
