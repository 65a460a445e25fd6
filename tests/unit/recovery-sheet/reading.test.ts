import { randomBytes } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { encode as encodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { encode as encodeQr } from 'uqr';
import { beforeAll, describe, expect, it } from 'vitest';
import { SheetReader } from '../../../main/recovery-sheet/reading/sheet-reader';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { builtThread } from '../../support/built-thread';

const key = encodeRecoveryKey(new Uint8Array(randomBytes(32)));
let reader: SheetReader;

beforeAll(async () => {
  reader = new SheetReader(await builtThread('main/recovery-sheet/reading/reading-thread.ts'));
});

const read = (bytes: Uint8Array): Promise<string> => reader.readBytes(Uint8Array.from(bytes));

/** A QR code drawn by hand: eight pixels a module, in a picture of its own size. */
function qrPicture(text: string): PNG {
  const { data, size } = encodeQr(text, { ecc: 'Q', border: 4 });
  const png = new PNG({ width: size * 8, height: size * 8 });
  for (let y = 0; y < png.height; y += 1) {
    for (let x = 0; x < png.width; x += 1) {
      const light = data[y >> 3]![x >> 3] === true ? 0 : 255;
      png.data.fill(light, (y * png.width + x) * 4, (y * png.width + x) * 4 + 3);
      png.data[(y * png.width + x) * 4 + 3] = 255;
    }
  }
  return png;
}

/** A PDF of one page by hand; offsets that do not fit are repaired by every reader. */
function pdf(content: string, trailer = ''): Buffer {
  return Buffer.from(
    `%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n` +
      `3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>>>endobj\n` +
      `4 0 obj<</Length ${content.length}>>stream\n${content}\nendstream endobj\n` +
      `5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Courier>>endobj\n` +
      `6 0 obj<</Filter/Standard/V 1/R 2/O<${'00'.repeat(32)}>/U<${'00'.repeat(32)}>/P -1>>endobj\n` +
      `trailer<</Root 1 0 R${trailer}>>\n%%EOF`,
    'latin1',
  );
}

describe('reading the recovery key out of a file', () => {
  it('finds it in a QR code, as PNG and as JPEG', async () => {
    const picture = qrPicture(key);
    expect(await read(PNG.sync.write(picture))).toBe(key);
    expect(await read(encodeJpeg(picture, 70).data)).toBe(key);
  });

  it('finds it in the text of a PDF', async () => {
    expect(await read(pdf(`BT /F 12 Tf 40 700 Td (Recovery key: ${key}) Tj ET`))).toBe(key);
  });

  it('hands on a text as it is, for what is wrong with it to be told', async () => {
    expect(await read(Buffer.from('\ufeffEsTc nBVL'))).toBe('EsTc nBVL');
  });

  it('wipes what it was given', async () => {
    const bytes = new Uint8Array(Buffer.from(key));
    await reader.readBytes(bytes);
    expect(bytes.every((byte) => byte === 0)).toBe(true);
  });

  it.each([
    ['a PDF without a key', () => pdf('BT /F 12 Tf (Invoice) Tj ET'), 'key_not_found'],
    [
      'a QR code of something else',
      () => PNG.sync.write(qrPicture('https://a.b')),
      'key_not_found',
    ],
    [
      'a picture without a code',
      () => PNG.sync.write(new PNG({ width: 60, height: 40 })),
      'key_not_found',
    ],
    ['a text far too long', () => Buffer.alloc(70_000, 'a'), 'key_not_found'],
    ['nothing', () => Buffer.alloc(0), 'file_damaged'],
    ['a program renamed', () => Buffer.from('MZ\x90\0\x03\0\0\0'), 'file_unknown'],
    ['half a PNG', () => PNG.sync.write(qrPicture(key)).subarray(0, 300), 'file_damaged'],
    [
      'a PNG of its signature alone',
      () => PNG.sync.write(qrPicture(key)).subarray(0, 8),
      'file_damaged',
    ],
    ['half a JPEG', () => encodeJpeg(qrPicture(key), 70).data.subarray(0, 200), 'file_damaged'],
    ['a JPEG of its beginning alone', () => Buffer.from([0xff, 0xd8, 0xff, 0xe0]), 'file_damaged'],
    ['a PDF of its header alone', () => Buffer.from('%PDF-1.7\n'), 'file_damaged'],
    [
      'noise called PDF',
      () => Buffer.concat([Buffer.from('%PDF-1.7\n'), randomBytes(50_000)]),
      'file_damaged',
    ],
    ['an encrypted PDF', () => pdf('', '/Encrypt 6 0 R/ID[<00><00>]'), 'file_locked'],
    ['a picture of ten thousand megapixels', () => bombPng(100_000, 100_000), 'file_too_large'],
  ])('says what is wrong with %s', async (_name, bytes, code) => {
    await expect(read(bytes())).rejects.toMatchObject({ code });
  });

  it.each([
    ['takes for ever', 'for (;;);'],
    ['takes all memory', 'const held = []; for (;;) held.push(Buffer.alloc(1e7, 1));'],
    ['breaks the decoder', "throw new Error('broken')"],
    ['ends the decoder', 'process.exit(0)'],
  ])('gives up a file that %s', async (_what, doing) => {
    const thread = new URL(
      `data:text/javascript,import { parentPort } from 'node:worker_threads'; parentPort.once('message', () => { ${doing} });`,
    );
    const limits = { giveUpAfterMs: 1_500, mostGrowth: 200_000_000 };
    const careful = new SheetReader(thread, limits);
    const reading = careful.readBytes(Uint8Array.from(pdf('')));
    await expect(reading).rejects.toMatchObject({ code: 'file_damaged' });
  });

  it('survives a PDF that unpacks to far more than it is', async () => {
    const packed = deflateSync(deflateSync(Buffer.alloc(100_000_000), { level: 1 }));
    const file = pdf('')
      .toString('latin1')
      .replace(
        /<<\/Length 0>>stream\n/,
        `<</Length ${packed.length}/Filter[/FlateDecode/FlateDecode]>>stream\n${packed.toString('latin1')}`,
      );
    await expect(read(Buffer.from(file, 'latin1'))).rejects.toMatchObject({
      code: 'key_not_found',
    });
  });
});

/** Its header is all there is to it. */
function bombPng(width: number, height: number): Buffer {
  const bytes = PNG.sync.write(new PNG({ width: 8, height: 8 }));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  return bytes;
}
