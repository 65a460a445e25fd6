import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { toStoreError } from './store-error';

/** What SQLite may keep beside a database file. */
export const sqliteSuffixes = ['', '-wal', '-shm', '-journal'];

/**
 * Puts a damaged database aside, with its write-ahead log, under a name with the time in it. Nothing
 * is ever deleted.
 *
 * @param name the file's name in the profile, such as `cache.db`
 * @returns the path of the file put aside
 * @throws StoreError
 */
export function quarantine(profileDir: string, name: string, now = new Date()): string {
  const time = now.toISOString().replaceAll(/[-:]/g, '').replace('.', '');
  const aside = unusedName(join(profileDir, `${name}.damaged-${time}`));
  try {
    for (const suffix of sqliteSuffixes) {
      const file = join(profileDir, name + suffix);
      if (existsSync(file)) renameSync(file, aside + suffix);
    }
  } catch (error) {
    throw toStoreError(error, name);
  }
  return aside;
}

function unusedName(wanted: string): string {
  for (let n = 0; ; n += 1) {
    const name = n === 0 ? wanted : `${wanted}-${n}`;
    if (!sqliteSuffixes.some((suffix) => existsSync(name + suffix))) return name;
  }
}
