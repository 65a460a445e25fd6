import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { sealKeyFile } from '../../../main/key-files/key-file-format';
import { KeyFileImport } from '../../../main/key-files/key-file-import';
import type { Shell } from '../../../main/shell/shell';

let dir: string;
let chosen: string | null;
let file: string;

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'holdfast-key-files-'));
  file = await sealKeyFile('[]', 'a passphrase', 1);
  await writeFile(join(dir, 'element-keys.txt'), file);
  await writeFile(join(dir, 'notes.txt'), 'Milk, bread');
});
afterAll(() => rm(dir, { recursive: true, force: true }));

function importing() {
  const seen: string[] = [];
  const keyFileImport = new KeyFileImport({
    shell: () => ({ askOpenPath: async () => chosen }) as unknown as Shell,
    language: () => 'en',
    importKeys: async (text, passphrase) => {
      seen.push(text);
      if (passphrase !== 'right') throw new HoldfastError('key_file_passphrase', 'Wrong');
      return { total: 3, imported: 2, failed: 0 };
    },
  });
  return { keyFileImport, seen };
}

describe('importing a key file', () => {
  it('keeps the chosen file while the passphrase is mistyped, and no longer', async () => {
    const { keyFileImport, seen } = importing();
    chosen = join(dir, 'element-keys.txt');
    expect(await keyFileImport.choose()).toEqual({ fileName: 'element-keys.txt' });
    await expect(keyFileImport.import('wrong')).rejects.toMatchObject({
      code: 'key_file_passphrase',
    });
    expect(await keyFileImport.import('right')).toEqual({ total: 3, imported: 2, failed: 0 });
    expect(seen).toEqual([file, file]);
    await expect(keyFileImport.import('right')).rejects.toMatchObject({ code: 'not_ready' });
  });

  it('keeps the file chosen before where the dialog is cancelled or the next is no key file', async () => {
    const { keyFileImport, seen } = importing();
    chosen = join(dir, 'element-keys.txt');
    await keyFileImport.choose();
    chosen = null;
    expect(await keyFileImport.choose()).toBeNull();
    chosen = join(dir, 'notes.txt');
    await expect(keyFileImport.choose()).rejects.toMatchObject({ code: 'key_file_unknown' });
    await keyFileImport.import('right');
    expect(seen).toEqual([file]);
  });

  it('says what the disk says of a file that is gone', async () => {
    chosen = join(dir, 'gone.txt');
    await expect(importing().keyFileImport.choose()).rejects.toMatchObject({ code: 'disk_error' });
  });
});
