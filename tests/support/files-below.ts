import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';

/** What may go wrong with a file that others delete meanwhile. */
const gone: readonly string[] = ['ENOENT'];

/**
 * Every file in a folder that others write in meanwhile. The folder itself has to be there: one that
 * is not has nothing in it that could be found.
 *
 * @param passOver codes of the errors for which a folder below it is left out
 */
export async function* filesBelow(folder: string, passOver = gone): AsyncGenerator<string> {
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isFile()) yield path;
    if (!entry.isDirectory()) continue;
    try {
      yield* filesBelow(path, passOver);
    } catch (error) {
      requireOneOf(error, passOver);
    }
  }
}

/** Empty where the file can't be read for one of these reasons. */
export async function readIfThere(path: string, passOver = gone): Promise<Buffer> {
  return readFile(path).catch((error: unknown) => {
    requireOneOf(error, passOver);
    return Buffer.alloc(0);
  });
}

/** @throws it, where it is none of them */
function requireOneOf(error: unknown, codes: readonly string[]): void {
  if (!codes.includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
}
