import jsQR, { type QRCode } from 'jsqr';
import type { Picture } from './picture';

/**
 * Pixels of the longer side. A code is found at one size and not at another: small, noise and blur
 * average out; large, a code that fills a corner of a photo keeps its modules.
 */
const sides = [1_000, 1_800, 600, 2_800] as const;

/** What the QR code in the picture says; null where none can be read. */
export function qrTextIn(picture: Picture): string | null {
  return firstIn(picture, ({ data }) => data);
}

/** The bytes of the QR code in the picture; null where none can be read. */
export function qrBytesIn(picture: Picture): Uint8Array<ArrayBuffer> | null {
  return firstIn(picture, ({ binaryData }) => Uint8Array.from(binaryData));
}

/** Tries one size after the other, until a code says something. */
function firstIn<Content extends { readonly length: number }>(
  picture: Picture,
  contentOf: (code: QRCode) => Content,
): Content | null {
  const whole = Math.max(picture.width, picture.height);
  const tried = new Set(sides.map((side) => Math.min(side, whole)));
  for (const side of tried) {
    const { data, width, height } = shrunk(picture, side / whole);
    const found = jsQR(data, width, height);
    if (found === null) continue;
    const content = contentOf(found);
    if (content.length > 0) return content;
  }
  return null;
}

interface Pixels {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

/** Each pixel is the mean of those it stands for; what is transparent is paper. */
function shrunk({ data, width, height }: Picture, scale: number): Pixels {
  const to = {
    width: Math.max(1, Math.round(width * scale)),
    height: Math.max(1, Math.round(height * scale)),
  };
  const pixels = new Uint8ClampedArray(to.width * to.height * 4);
  for (let y = 0; y < to.height; y += 1) {
    const [top, bottom] = spanOf(y, to.height, height);
    for (let x = 0; x < to.width; x += 1) {
      const [left, right] = spanOf(x, to.width, width);
      const light = meanLight(data, width, { left, right, top, bottom });
      const at = (y * to.width + x) * 4;
      pixels.fill(light, at, at + 3);
      pixels[at + 3] = 255;
    }
  }
  return { data: pixels, ...to };
}

function spanOf(index: number, count: number, of: number): readonly [number, number] {
  const from = Math.floor((index * of) / count);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * of) / count))];
}

interface Box {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

function meanLight(data: Uint8Array, width: number, { left, right, top, bottom }: Box): number {
  let sum = 0;
  for (let y = top; y < bottom; y += 1) {
    for (let x = left; x < right; x += 1) {
      const at = (y * width + x) * 4;
      const alpha = data[at + 3] ?? 255;
      const light =
        0.299 * (data[at] ?? 0) + 0.587 * (data[at + 1] ?? 0) + 0.114 * (data[at + 2] ?? 0);
      sum += 255 + ((light - 255) * alpha) / 255;
    }
  }
  return sum / ((right - left) * (bottom - top));
}
