import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { filesBelow, readIfThere } from '../../support/files-below';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function found(below: string): Promise<string[]> {
  const paths: string[] = [];
  for await (const path of filesBelow(below)) paths.push(path);
  return paths;
}

describe('looking for what must not be in a folder', () => {
  it('finds every file, however deep', async () => {
    await mkdir(join(folder, 'a', 'b'), { recursive: true });
    await writeFile(join(folder, 'one'), '');
    await writeFile(join(folder, 'a', 'b', 'two'), '');
    expect((await found(folder)).sort()).toEqual([
      join(folder, 'a', 'b', 'two'),
      join(folder, 'one'),
    ]);
  });

  it('never takes a folder that is not there for one that holds nothing', async () => {
    await expect(found(join(folder, 'missing'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('passes over a folder that goes away on the way', async () => {
    await mkdir(join(folder, 'b'));
    await writeFile(join(folder, 'a'), '');
    const walk = filesBelow(folder);
    expect(await walk.next()).toMatchObject({ value: join(folder, 'a') });
    await rm(join(folder, 'b'), { recursive: true });
    expect(await walk.next()).toMatchObject({ done: true });
  });

  it('takes a file for empty only where it is gone', async () => {
    expect(await readIfThere(join(folder, 'missing'))).toEqual(Buffer.alloc(0));
    await expect(readIfThere(folder)).rejects.toMatchObject({ code: 'EISDIR' });
  });
});
