import {
  END,
  ONE_BYTE_LIMIT,
  TAG_ARRAY,
  TAG_BINARY,
  TAG_DATE,
  TAG_NUMBER,
  TAG_STRING,
  TWO_BYTE_LIMIT,
  type Key,
} from './key';

interface Reader {
  readonly bytes: Buffer;
  at: number;
}

function readDouble(reader: Reader): number {
  const raw = Buffer.from(reader.bytes.subarray(reader.at, reader.at + 8));
  reader.at += 8;
  const high = raw.readUInt8(0);
  if (high & 0x80) {
    raw[0] = high & 0x7f;
  } else {
    for (let i = 0; i < 8; i += 1) raw[i] = ~raw.readUInt8(i) & 0xff;
  }
  return raw.readDoubleBE(0);
}

const units = new Uint16Array(4096);

function readString(reader: Reader): string {
  const { bytes } = reader;
  let at = reader.at;
  let text = '';
  let count = 0;
  for (;;) {
    const first = bytes.readUInt8(at++);
    if (first === END) break;
    if (first <= ONE_BYTE_LIMIT) {
      units[count++] = first - 1;
    } else if (first < 0xc0) {
      units[count++] = ONE_BYTE_LIMIT + (((first & 0x3f) << 8) | bytes.readUInt8(at++));
    } else {
      units[count++] = TWO_BYTE_LIMIT + bytes.readUInt16BE(at);
      at += 2;
    }
    // An unbounded number of arguments would overflow the stack.
    if (count === units.length) {
      text += String.fromCharCode(...units);
      count = 0;
    }
  }
  reader.at = at;
  return text + String.fromCharCode(...units.subarray(0, count));
}

function readBinary(reader: Reader): ArrayBuffer {
  const { bytes } = reader;
  const out = new Uint8Array(bytes.length - reader.at);
  let at = reader.at;
  let length = 0;
  for (;;) {
    const byte = bytes.readUInt8(at++);
    if (byte === 0 && bytes.readUInt8(at++) === END) break;
    out[length++] = byte;
  }
  reader.at = at;
  return out.buffer.slice(0, length);
}

function* readMembers(reader: Reader): Generator<IDBValidKey> {
  while (reader.bytes.readUInt8(reader.at) !== END) yield read(reader);
  reader.at += 1;
}

// Array.from defines its members, where pushing them would run a setter on a prototype.
function readArray(reader: Reader): IDBValidKey[] {
  return Array.from(readMembers(reader));
}

function read(reader: Reader): IDBValidKey {
  const tag = reader.bytes.readUInt8(reader.at++);
  switch (tag) {
    case TAG_NUMBER:
      return readDouble(reader);
    case TAG_DATE:
      return new Date(readDouble(reader));
    case TAG_STRING:
      return readString(reader);
    case TAG_BINARY:
      return readBinary(reader);
    case TAG_ARRAY:
      return readArray(reader);
    default:
      throw new RangeError(`No key type has the tag ${tag}`);
  }
}

/**
 * Gives the value a stored key stands for.
 *
 * @see https://w3c.github.io/IndexedDB/#convert-a-key-to-a-value
 */
export function decodeKey(key: Key): IDBValidKey {
  return read({ bytes: key, at: 0 });
}

/** The number a stored key stands for, or null when it is a key of another type. */
export function decodeNumber(key: Key): number | null {
  return key[0] === TAG_NUMBER ? readDouble({ bytes: key, at: 1 }) : null;
}
