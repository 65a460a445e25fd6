import { types } from 'node:util';
import {
  END,
  ESCAPED_ZERO,
  INVALID,
  ONE_BYTE_LIMIT,
  TAG_ARRAY,
  TAG_BINARY,
  TAG_DATE,
  TAG_NUMBER,
  TAG_STRING,
  TWO_BYTE_LIMIT,
  compareKeys,
  type Invalid,
  type Key,
} from './key';

// One growing scratch buffer instead of one allocation per part: keys are made in great numbers.
let scratch = Buffer.allocUnsafeSlow(1024);
let length = 0;

function reserve(bytes: number): void {
  if (length + bytes <= scratch.length) return;
  const larger = Buffer.allocUnsafeSlow(Math.max(scratch.length * 2, length + bytes));
  scratch.copy(larger, 0, 0, length);
  scratch = larger;
}

function writeDouble(tag: number, value: number): void {
  reserve(9);
  scratch[length] = tag;
  // Adding 0 turns -0 into 0: the two are one key.
  scratch.writeDoubleBE(value + 0, length + 1);
  const high = scratch.readUInt8(length + 1);
  if (high & 0x80) {
    for (let i = length + 1; i < length + 9; i += 1) scratch[i] = ~scratch.readUInt8(i) & 0xff;
  } else {
    scratch[length + 1] = high | 0x80;
  }
  length += 9;
}

function writeString(value: string): void {
  reserve(value.length * 3 + 2);
  const buffer = scratch;
  let at = length;
  buffer[at++] = TAG_STRING;
  for (let i = 0; i < value.length; i += 1) {
    const unit = value.charCodeAt(i);
    if (unit < ONE_BYTE_LIMIT) {
      buffer[at++] = unit + 1;
    } else if (unit < TWO_BYTE_LIMIT) {
      const rest = unit - ONE_BYTE_LIMIT;
      buffer[at++] = 0x80 | (rest >> 8);
      buffer[at++] = rest & 0xff;
    } else {
      const rest = unit - TWO_BYTE_LIMIT;
      buffer[at++] = 0xc0;
      buffer[at++] = rest >> 8;
      buffer[at++] = rest & 0xff;
    }
  }
  buffer[at++] = END;
  length = at;
}

function writeBinary(bytes: Uint8Array): void {
  reserve(bytes.length * 2 + 3);
  const buffer = scratch;
  let at = length;
  buffer[at++] = TAG_BINARY;
  for (const byte of bytes) {
    buffer[at++] = byte;
    if (byte === 0) buffer[at++] = ESCAPED_ZERO;
  }
  buffer[at++] = END;
  buffer[at++] = END;
  length = at;
}

function bytesOf(source: ArrayBuffer | ArrayBufferView): Uint8Array | null {
  if (ArrayBuffer.isView(source)) {
    // A detached buffer cannot be told from an empty one by its length alone.
    if (isDetached(source.buffer)) return null;
    return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  }
  return isDetached(source) ? null : new Uint8Array(source);
}

function isDetached(buffer: ArrayBufferLike): boolean {
  return 'detached' in buffer && buffer.detached;
}

/** Appends the encoding of `value` to the scratch buffer; false when it is no valid key. */
function write(value: unknown, seen: Set<unknown> | null): boolean {
  if (typeof value === 'string') {
    writeString(value);
    return true;
  }
  if (typeof value === 'number') {
    if (Number.isNaN(value)) return false;
    writeDouble(TAG_NUMBER, value);
    return true;
  }
  if (typeof value !== 'object' || value === null) return false;
  if (types.isDate(value)) {
    const time = Date.prototype.getTime.call(value);
    if (Number.isNaN(time)) return false;
    writeDouble(TAG_DATE, time);
    return true;
  }
  if (Array.isArray(value) && !types.isProxy(value)) return writeArray(value, seen ?? new Set());
  if (ArrayBuffer.isView(value) || types.isArrayBuffer(value)) {
    const bytes = bytesOf(value);
    if (bytes === null) return false;
    writeBinary(bytes);
    return true;
  }
  return false;
}

function writeArray(array: readonly unknown[], seen: Set<unknown>): boolean {
  if (seen.has(array)) return false;
  seen.add(array);
  reserve(1);
  scratch[length++] = TAG_ARRAY;
  const count = array.length;
  for (let i = 0; i < count; i += 1) {
    if (!Object.hasOwn(array, i)) return false;
    if (!write(array[i], seen)) return false;
  }
  reserve(1);
  scratch[length++] = END;
  return true;
}

/** A copy of what was written. */
function written(): Key {
  const key = Buffer.allocUnsafe(length);
  scratch.copy(key, 0, 0, length);
  return key;
}

/** Runs `fill` on a scratch region of its own: a getter inside a key array may encode keys too. */
function capture(fill: () => boolean): Key | Invalid {
  const outer = length > 0 ? written() : null;
  length = 0;
  try {
    return fill() ? written() : INVALID;
  } finally {
    length = 0;
    if (outer) {
      reserve(outer.length);
      outer.copy(scratch);
      length = outer.length;
    }
  }
}

/**
 * Converts a value to a key and encodes it.
 *
 * @throws whatever a getter inside an array throws.
 * @see https://w3c.github.io/IndexedDB/#convert-value-to-key
 */
export function encodeKey(value: unknown): Key | Invalid {
  return capture(() => write(value, null));
}

/**
 * Converts a value to a multiEntry key: the sorted list of its distinct subkeys, members that are no
 * keys left out; null when `value` is not an array and so has one key, or none.
 *
 * @see https://w3c.github.io/IndexedDB/#convert-a-value-to-a-multientry-key
 */
export function encodeMultiEntryKeys(value: unknown): Key[] | null {
  if (!Array.isArray(value)) return null;
  const keys: Key[] = [];
  for (let i = 0; i < value.length; i += 1) {
    const key = encodeMember(value, i);
    if (key !== INVALID) keys.push(key);
  }
  keys.sort(compareKeys);
  return keys.filter((key, i) => {
    const previous = keys[i - 1];
    return previous === undefined || compareKeys(previous, key) !== 0;
  });
}

function encodeMember(array: readonly unknown[], index: number): Key | Invalid {
  return capture(() => write(array[index], new Set([array])));
}
