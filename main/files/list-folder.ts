import { readdir } from 'node:fs/promises';
import { diskError } from './private-file';

/**
 * The names in a folder; none where it is not there, and only then (I2).
 *
 * @throws {HoldfastError} `disk_read_only` or `disk_error` where it can't be read
 */
export async function listFolder(dir: string): Promise<readonly string[]> {
  try {
    return await readdir(dir);
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw diskError(error);
  }
}
