/** Reads the X Window Dump that Xvfb keeps its screen in (X11/XWDFile.h, version 7). */

const FIELD = {
  headerSize: 0,
  width: 4,
  height: 5,
  byteOrder: 7,
  bitsPerPixel: 11,
  bytesPerLine: 12,
  colours: 19,
};
const COLOUR_ENTRY_BYTES = 12;

/**
 * @param {Buffer} dump
 * @returns {import('./png.mjs').Image}
 */
export function decodeXwd(dump) {
  const field = (/** @type {number} */ index) => dump.readUInt32BE(index * 4);
  if (field(FIELD.bitsPerPixel) !== 32) throw new Error('only dumps with 32 bits a pixel are read');
  const width = field(FIELD.width);
  const height = field(FIELD.height);
  const bytesPerLine = field(FIELD.bytesPerLine);
  const start = field(FIELD.headerSize) + field(FIELD.colours) * COLOUR_ENTRY_BYTES;
  const [red, green, blue] = field(FIELD.byteOrder) === 0 ? [2, 1, 0] : [1, 2, 3];

  const rgb = Buffer.alloc(width * height * 3);
  let target = 0;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = start + y * bytesPerLine + x * 4;
      rgb[target] = dump[pixel + red] ?? 0;
      rgb[target + 1] = dump[pixel + green] ?? 0;
      rgb[target + 2] = dump[pixel + blue] ?? 0;
      target += 3;
    }
  }
  return { width, height, rgb };
}
