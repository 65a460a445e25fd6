import { mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { writePrivateFile } from '../../../main/files/private-file';
import { decodeText } from '../../../main/files/decode-text';
import { readAtMost } from '../../../main/files/read-at-most';
import { safeFileName } from '../../../main/files/safe-file-name';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-files-'));
});
afterEach(() => rm(folder, { recursive: true }));

describe('a private file', () => {
  it('is readable by its owner only, also where an open one stood before', async () => {
    const path = join(folder, 'key.txt');
    await writeFile(path, 'old', { mode: 0o644 });
    await writePrivateFile(path, 'new');
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['key.txt']);
  });

  it('that can’t be written leaves the old one and no draft behind', async () => {
    await expect(writePrivateFile(join(folder, 'missing', 'key.txt'), 'x')).rejects.toMatchObject({
      code: 'disk_error',
    });
    await expect(writePrivateFile(folder, 'x')).rejects.toMatchObject({ code: 'disk_error' });
    expect(await readdir(folder)).toEqual([]);
  });
});

describe('a saved key', () => {
  it.each([
    ['UTF-8', Buffer.from('EsTc ÄÖ')],
    ['UTF-8 with a byte order mark', Buffer.from('\uFEFFEsTc ÄÖ')],
    ['UTF-16, little endian', Buffer.from('\uFEFFEsTc ÄÖ', 'utf16le')],
    ['UTF-16, big endian', Buffer.from('\uFEFFEsTc ÄÖ', 'utf16le').swap16()],
  ])('is read from %s', (_name, bytes) => {
    expect(decodeText(bytes)).toBe('EsTc ÄÖ');
  });
});

describe('reading a file', () => {
  it('brings the whole file, and never more than the limit', async () => {
    const path = join(folder, 'film.mkv');
    await writeFile(path, Buffer.alloc(70_000, 7));
    expect(await readAtMost(path, 70_000)).toEqual(new Uint8Array(70_000).fill(7));
    await expect(readAtMost(path, 69_999)).rejects.toMatchObject({ code: 'file_too_large' });
  });
});

describe('a file name', () => {
  it('keeps what people can read', () => {
    expect(safeFileName('Recovery key @ada:example.org', 'txt')).toBe(
      'Recovery-key-@ada-example.org.txt',
    );
    expect(safeFileName('Schlüssel', 'pdf')).toBe('Schlüssel.pdf');
  });

  it('never leaves the folder, is never hidden, never a device, whatever it is made of', () => {
    const hostile = ['../../etc/passwd', 'CON', 'a\0b', '.bashrc', 'C:\\x', '', 'x'.repeat(999)];
    const anything = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary' }));
    fc.assert(
      fc.property(anything, (stem) => {
        const name = safeFileName(stem, 'txt');
        expect(name).toMatch(/^[\p{L}\p{N}@][\p{L}\p{N}@._-]*\.txt$/u);
        expect(name).not.toMatch(/^(con|prn|aux|nul|com\d|lpt\d)\.txt$/i);
        expect(name.length).toBeLessThanOrEqual(120);
      }),
    );
  });
});
