/**
 * The folders of the profiles, which are all the list there is: the app's own folder is the first
 * profile, every other lies in `profiles` within it. Which was used last is written beside them.
 */
import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { listFolder } from '../files/list-folder';
import { diskError, writePrivateFile } from '../files/private-file';

export interface ProfileFolder {
  /** Unique on this computer; says when it was made, not for whom. */
  readonly id: string;
  /** Absolute path. */
  readonly dir: string;
}

const folderName = 'profiles';
const lastFileName = 'last-profile.json';
const firstId = 'first';
const idShape = /^\d{8}T\d{9}Z(-\d+)?$/;
const lastFile = z.object({ id: z.string() });

export class ProfileFolders {
  readonly #home: string;

  /** @param home the app's own folder, which is there */
  constructor(home: string) {
    this.#home = home;
  }

  get first(): ProfileFolder {
    return { id: firstId, dir: this.#home };
  }

  /**
   * In the order in which they were made.
   *
   * @throws {HoldfastError} what the disk says where they can't be read: nobody is then taken for new
   */
  async list(): Promise<ProfileFolder[]> {
    const names = await listFolder(join(this.#home, folderName));
    const others = names.filter((name) => idShape.test(name)).sort();
    return [this.first, ...others.map((id) => ({ id, dir: join(this.#home, folderName, id) }))];
  }

  /** @throws {HoldfastError} `disk_full`, `disk_read_only` or `disk_error` */
  async make(now = new Date()): Promise<ProfileFolder> {
    const time = now.toISOString().replaceAll(/[-:]/g, '').replace('.', '');
    try {
      await mkdir(join(this.#home, folderName), { recursive: true, mode: 0o700 });
      for (let n = 0; ; n += 1) {
        const id = n === 0 ? time : `${time}-${n}`;
        const dir = join(this.#home, folderName, id);
        if (await isNew(dir)) return { id, dir };
      }
    } catch (error) {
      throw diskError(error);
    }
  }

  /** Null where nobody knows. */
  async last(): Promise<string | null> {
    const text = await readFile(join(this.#home, lastFileName), 'utf8').catch(() => '');
    try {
      return lastFile.parse(JSON.parse(text)).id;
    } catch {
      return null;
    }
  }

  /** @throws {HoldfastError} what the disk says */
  noteLast(id: string): Promise<void> {
    return writePrivateFile(join(this.#home, lastFileName), `${JSON.stringify({ id })}\n`);
  }
}

/** Makes the folder; false where it is there already. */
async function isNew(dir: string): Promise<boolean> {
  try {
    await mkdir(dir, { mode: 0o700 });
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false;
    throw error;
  }
}
