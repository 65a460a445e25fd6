import { decode as decodeJpeg } from 'jpeg-js';
import { PNG } from 'pngjs';
import { HoldfastError } from '../../holdfast-error';

/** Four bytes a pixel: red, green, blue, alpha. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Pixels; the largest phone cameras stay below. Decoded it is four times as many bytes. */
const mostPixels = 64_000_000;

/** @throws {HoldfastError} `file_damaged`, `file_too_large` */
export function decodePicture(bytes: Uint8Array, kind: 'png' | 'jpeg'): Picture {
  if (kind === 'png') requireBearable(sizeOfPng(bytes));
  try {
    return kind === 'png' ? PNG.sync.read(Buffer.from(bytes)) : jpeg(bytes);
  } catch (cause) {
    throw new HoldfastError('file_damaged', 'The picture can’t be decoded', {}, { cause });
  }
}

function jpeg(bytes: Uint8Array): Picture {
  return decodeJpeg(bytes, {
    useTArray: true,
    maxResolutionInMP: mostPixels / 1_000_000,
    maxMemoryUsageInMB: 1_024,
  });
}

/** As the header says it, before anything is unpacked: a picture of nothing packs well. */
function sizeOfPng(bytes: Uint8Array): readonly [number, number] {
  const headerEnd = 24;
  if (bytes.length < headerEnd) throw new HoldfastError('file_damaged', 'No whole PNG header');
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  return [view.getUint32(16), view.getUint32(20)];
}

function requireBearable([width, height]: readonly [number, number]): void {
  if (width * height > mostPixels) throw new HoldfastError('file_too_large', 'Too many pixels');
}
