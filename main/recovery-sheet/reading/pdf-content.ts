import { getDocument, ImageKind, OPS, PasswordException } from 'pdfjs-dist/legacy/build/pdf.mjs';
import type { PDFDocumentProxy, PDFPageProxy } from 'pdfjs-dist';
// Its presence keeps the library from starting a thread of its own: this code is on one already.
import 'pdfjs-dist/legacy/build/pdf.worker.mjs';
import { HoldfastError } from '../../holdfast-error';
import type { Picture } from './picture';

/** A recovery sheet has one page; a scan may have a few. */
const mostPages = 5;

export interface PdfContent {
  readonly text: string;
  /** Of scanned paper, one a page. */
  readonly pictures: readonly Picture[];
}

/** @throws {HoldfastError} `file_locked` where it asks for a password; `file_damaged` */
export async function readPdf(bytes: Uint8Array): Promise<PdfContent> {
  const loading = getDocument({
    data: bytes,
    // No fonts, no network, no compiled code: only what the file itself says is read.
    disableFontFace: true,
    useSystemFonts: false,
    useWasm: false,
    isOffscreenCanvasSupported: false,
    isImageDecoderSupported: false,
    verbosity: 0,
  });
  try {
    return await contentOf(await loading.promise);
  } catch (cause) {
    throw cause instanceof PasswordException
      ? new HoldfastError('file_locked', 'The PDF is encrypted', {}, { cause })
      : new HoldfastError('file_damaged', 'The PDF can’t be read', {}, { cause });
  } finally {
    await loading.destroy();
  }
}

async function contentOf(document: PDFDocumentProxy): Promise<PdfContent> {
  let text = '';
  const pictures: Picture[] = [];
  for (let number = 1; number <= Math.min(document.numPages, mostPages); number += 1) {
    const page = await document.getPage(number);
    text += `${await textOf(page)}\n`;
    pictures.push(...(await picturesOf(page)));
  }
  return { text, pictures };
}

async function textOf(page: PDFPageProxy): Promise<string> {
  const { items } = await page.getTextContent();
  return items.map((item) => ('str' in item ? item.str + (item.hasEOL ? '\n' : ' ') : '')).join('');
}

/** What the library hands over for an image of the page. */
interface DecodedImage {
  readonly width: number;
  readonly height: number;
  readonly kind?: number;
  readonly data?: Uint8Array;
}

async function picturesOf(page: PDFPageProxy): Promise<Picture[]> {
  const { fnArray, argsArray } = await page.getOperatorList();
  const names = fnArray.flatMap((operation, index): string[] => {
    const [name] = (argsArray[index] ?? []) as readonly unknown[];
    return operation === OPS.paintImageXObject && typeof name === 'string' ? [name] : [];
  });
  const images = await Promise.all(
    [...new Set(names)].map((name) => {
      const { promise, resolve } = Promise.withResolvers<DecodedImage | null>();
      const objects = name.startsWith('g_') ? page.commonObjs : page.objs;
      objects.get(name, (image: DecodedImage | null) => resolve(image));
      return promise;
    }),
  );
  return images.flatMap((image) => pictureOf(image) ?? []);
}

function pictureOf(image: DecodedImage | null): Picture | null {
  if (image?.data === undefined) return null;
  const { width, height, data } = image;
  switch (image.kind) {
    case ImageKind.RGBA_32BPP:
      return { width, height, data };
    case ImageKind.RGB_24BPP:
      return { width, height, data: fromRgb(data) };
    case ImageKind.GRAYSCALE_1BPP:
      return { width, height, data: fromBits(data, width, height) };
    default:
      return null;
  }
}

function fromRgb(rgb: Uint8Array): Uint8Array {
  const pixels = new Uint8Array((rgb.length / 3) * 4).fill(255);
  for (let from = 0, to = 0; from < rgb.length; from += 3, to += 4) {
    pixels.set(rgb.subarray(from, from + 3), to);
  }
  return pixels;
}

/** One bit a pixel, rows padded to whole bytes; a set bit is white. */
function fromBits(bits: Uint8Array, width: number, height: number): Uint8Array {
  const rowBytes = Math.ceil(width / 8);
  const pixels = new Uint8Array(width * height * 4).fill(255);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const byte = bits[y * rowBytes + (x >> 3)] ?? 0;
      const at = (y * width + x) * 4;
      if ((byte & (0x80 >> (x & 7))) === 0) pixels.fill(0, at, at + 3);
    }
  }
  return pixels;
}
