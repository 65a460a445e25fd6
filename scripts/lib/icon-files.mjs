/** The icon containers of Windows (.ico) and macOS (.icns), around PNG pictures. */

const ICO_SIZES = [16, 24, 32, 48, 64, 128, 256];
/** Type codes of .icns by edge length in pixels; some sizes serve two types. */
const ICNS_TYPES = /** @type {const} */ ([
  ['icp4', 16],
  ['icp5', 32],
  ['ic07', 128],
  ['ic08', 256],
  ['ic09', 512],
  ['ic10', 1024],
  ['ic11', 32],
  ['ic12', 64],
  ['ic13', 256],
  ['ic14', 512],
]);

/** @param {Map<number, Buffer>} pictures PNG by edge length in pixels */
export function encodeIco(pictures) {
  const images = ICO_SIZES.map((size) => ({ size, data: pictureOf(pictures, size) }));
  const header = Buffer.alloc(6);
  header.writeUInt16LE(1, 2);
  header.writeUInt16LE(images.length, 4);
  let offset = header.length + images.length * 16;
  const directory = images.map(({ size, data }) => {
    const entry = Buffer.alloc(16);
    // 256 is written as 0.
    entry.writeUInt8(size % 256, 0);
    entry.writeUInt8(size % 256, 1);
    entry.writeUInt16LE(1, 4);
    entry.writeUInt16LE(32, 6);
    entry.writeUInt32LE(data.length, 8);
    entry.writeUInt32LE(offset, 12);
    offset += data.length;
    return entry;
  });
  return Buffer.concat([header, ...directory, ...images.map(({ data }) => data)]);
}

/** @param {Map<number, Buffer>} pictures PNG by edge length in pixels */
export function encodeIcns(pictures) {
  const blocks = ICNS_TYPES.map(([type, size]) => block(type, pictureOf(pictures, size)));
  return block('icns', Buffer.concat(blocks));
}

/**
 * @param {string} type
 * @param {Buffer} data
 */
function block(type, data) {
  const header = Buffer.alloc(8);
  header.write(type, 0, 'latin1');
  header.writeUInt32BE(8 + data.length, 4);
  return Buffer.concat([header, data]);
}

/**
 * @param {Map<number, Buffer>} pictures
 * @param {number} size
 */
export function pictureOf(pictures, size) {
  const picture = pictures.get(size);
  if (picture === undefined) throw new Error(`no picture of ${size} pixels`);
  return picture;
}
