/** Putting a whole profile's store aside, as a person may ask for. Nothing is ever deleted. */
import { existsSync } from 'node:fs';
import { mkdir, readdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { syncFolder } from '../files/sync-folder';
import { lockProfile } from './profile-lock';
import { sqliteSuffixes } from './quarantine';
import { toStoreError } from './store-error';

/** Of a folder that is still being filled: found at the next start, it is filled to the end. */
const underWay = '.moving';

/**
 * Moves the store into a folder of its own, named after the time, within the profile.
 *
 * @param names the store's files, all that begins anew without them
 * @returns the folder's name
 * @throws StoreError `in_use` while another process has the profile open, or what the disk says
 */
export async function keepStoreAside(
  profileDir: string,
  names: readonly string[],
  now = new Date(),
): Promise<string> {
  const lock = lockProfile(profileDir);
  try {
    const folder = (await findUnderWay(profileDir)) ?? unusedName(profileDir, now);
    await mkdir(join(profileDir, folder), { recursive: true, mode: 0o700 });
    for (const name of names.flatMap((file) => sqliteSuffixes.map((suffix) => file + suffix))) {
      if (!existsSync(join(profileDir, name))) continue;
      await rename(join(profileDir, name), join(profileDir, folder, name));
    }
    await syncFolder(join(profileDir, folder));
    const kept = folder.slice(0, -underWay.length);
    await rename(join(profileDir, folder), join(profileDir, kept));
    await syncFolder(profileDir);
    return kept;
  } catch (error) {
    throw toStoreError(error, profileDir);
  } finally {
    lock.release();
  }
}

/**
 * Ends what a crash cut off, before anything looks at a store of which one half is elsewhere.
 *
 * @returns the folder's name, or null where nothing was cut off
 * @throws StoreError as {@link keepStoreAside} does
 */
export async function finishKeepingAside(
  profileDir: string,
  names: readonly string[],
): Promise<string | null> {
  const folder = await findUnderWay(profileDir);
  return folder === null ? null : keepStoreAside(profileDir, names);
}

async function findUnderWay(profileDir: string): Promise<string | null> {
  const entries = await readdir(profileDir);
  return entries.find((name) => name.startsWith('kept-') && name.endsWith(underWay)) ?? null;
}

function unusedName(profileDir: string, now: Date): string {
  const time = now.toISOString().replaceAll(/[-:]/g, '').replace('.', '');
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? `kept-${time}` : `kept-${time}-${n}`;
    if (!existsSync(join(profileDir, name))) return name + underWay;
  }
}
