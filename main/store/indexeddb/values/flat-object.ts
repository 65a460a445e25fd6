/**
 * Plain objects of nothing but ASCII strings, numbers, booleans, null and undefined: most of what is
 * stored, read and written here as V8 would, byte for byte. V8's own serialiser is a native object
 * that keeps what it has met until the next full garbage collection.
 *
 * The format, of one version only: `FF 0F`, `o`, keys and values in turn, `{`, the number of
 * properties. Whatever is anything else is left to V8, damage included.
 */
import { types } from 'node:util';
import { serialize } from 'node:v8';

const HEADER = [0xff, 0x0f] as const;
const BEGIN = 0x6f;
const END = 0x7b;
const STRING = 0x22;
const INTEGER = 0x49;
const DOUBLE = 0x4e;
const TRUE = 0x54;
const FALSE = 0x46;
const NULL = 0x30;
const UNDEFINED = 0x5f;

/** A length, or an integer that V8 writes as one everywhere, fits in as many bytes. */
const VARINT_BYTES = 5;
const LARGEST_INTEGER = 2 ** 30 - 1;
/** Beyond this, what copying costs more than outweighs the rest. */
const LARGEST_SCRATCH = 1024 * 1024;

/** Another version of V8 may write another one of the format. */
const isKnownVersion = HEADER.every((byte, at) => serialize(null)[at] === byte);

let scratch = Buffer.allocUnsafeSlow(16 * 1024);

/** The stored form of a flat object; null for everything else. Runs no script. */
export function writeFlatObject(value: unknown): Buffer | null {
  if (!isKnownVersion || typeof value !== 'object' || value === null) return null;
  if (types.isProxy(value) || Object.getPrototypeOf(value) !== Object.prototype) return null;
  const keys = Object.keys(value);
  // Without properties it may be anything whose prototype was replaced.
  if (keys.length === 0) return null;
  scratch[0] = HEADER[0];
  scratch[1] = HEADER[1];
  scratch[2] = BEGIN;
  let at = 3;
  for (const key of keys) {
    const property = Object.getOwnPropertyDescriptor(value, key);
    if (property === undefined || !('value' in property) || isIndex(key)) return null;
    at = writeText(key, at);
    if (at > 0) at = writePrimitive(property.value, at);
    if (at < 0) return null;
  }
  if (!reserve(at + VARINT_BYTES + 1)) return null;
  scratch[at++] = END;
  at = writeVarint(keys.length, at);
  // From the pool: memory of its own for each is slow to come by.
  const bytes = Buffer.allocUnsafe(at);
  scratch.copy(bytes, 0, 0, at);
  return bytes;
}

/** V8 writes such keys as numbers. */
function isIndex(key: string): boolean {
  const first = key.charCodeAt(0);
  return first >= 0x30 && first <= 0x39;
}

function reserve(bytes: number): boolean {
  if (bytes <= scratch.length) return true;
  if (bytes > LARGEST_SCRATCH) return false;
  const larger = Buffer.allocUnsafeSlow(Math.min(bytes * 2, LARGEST_SCRATCH));
  scratch.copy(larger);
  scratch = larger;
  return true;
}

// Where writing goes on after it; -1 for what is left to V8.
function writePrimitive(value: unknown, at: number): number {
  if (typeof value === 'string') return writeText(value, at);
  if (!reserve(at + 9)) return -1;
  if (typeof value === 'number') return writeNumber(value, at);
  if (typeof value === 'boolean') scratch[at] = value ? TRUE : FALSE;
  else if (value === null) scratch[at] = NULL;
  else if (value === undefined) scratch[at] = UNDEFINED;
  else return -1;
  return at + 1;
}

function writeText(text: string, at: number): number {
  const { length } = text;
  if (Buffer.byteLength(text) !== length) return -1;
  if (!reserve(at + 1 + VARINT_BYTES + length)) return -1;
  scratch[at] = STRING;
  const from = writeVarint(length, at + 1);
  scratch.write(text, from, length, 'latin1');
  return from + length;
}

function writeNumber(value: number, at: number): number {
  if (Number.isInteger(value) && Math.abs(value) <= LARGEST_INTEGER && !Object.is(value, -0)) {
    scratch[at] = INTEGER;
    return writeVarint(((value << 1) ^ (value >> 31)) >>> 0, at + 1);
  }
  scratch[at] = DOUBLE;
  return scratch.writeDoubleLE(value, at + 1);
}

function writeVarint(value: number, start: number): number {
  let at = start;
  let rest = value;
  while (rest >= 0x80) {
    scratch[at++] = (rest & 0x7f) | 0x80;
    rest >>>= 7;
  }
  scratch[at++] = rest;
  return at;
}

/** Where reading goes on, beside what was read. */
let position = 0;
/** For what V8 must read. */
const OTHER = Symbol('not of a flat object');

/** A new object from its stored form; undefined for whatever is no flat object. */
export function readFlatObject(bytes: Buffer): object | undefined {
  if (bytes[0] !== HEADER[0] || bytes[1] !== HEADER[1] || bytes[2] !== BEGIN) return undefined;
  position = 3;
  const object: Record<string, unknown> = {};
  let count = 0;
  while (bytes[position] !== END) {
    const key = readPrimitive(bytes);
    if (typeof key !== 'string') return undefined;
    const value = readPrimitive(bytes);
    if (value === OTHER) return undefined;
    // Assigning would run a setter of a prototype.
    if (key in object) return undefined;
    object[key] = value;
    count += 1;
  }
  position += 1;
  const isWhole = readVarint(bytes) === count && position === bytes.length;
  return isWhole ? object : undefined;
}

function readPrimitive(bytes: Buffer): unknown {
  switch (bytes[position++]) {
    case STRING:
      return readText(bytes);
    case INTEGER: {
      const encoded = readVarint(bytes);
      return (encoded >>> 1) ^ -(encoded & 1);
    }
    case DOUBLE:
      position += 8;
      return position <= bytes.length ? bytes.readDoubleLE(position - 8) : OTHER;
    case TRUE:
      return true;
    case FALSE:
      return false;
    case NULL:
      return null;
    case UNDEFINED:
      return undefined;
    default:
      return OTHER;
  }
}

function readText(bytes: Buffer): string | typeof OTHER {
  const length = readVarint(bytes);
  const from = position;
  position += length;
  return position <= bytes.length ? bytes.toString('latin1', from, position) : OTHER;
}

// Of at most 32 bits; past the end of the bytes it ends with a value that leads nowhere.
function readVarint(bytes: Buffer): number {
  let value = 0;
  for (let shift = 0; shift < 35; shift += 7) {
    const byte = bytes[position++] ?? 0;
    value |= (byte & 0x7f) << shift;
    if (byte < 0x80) break;
  }
  return value >>> 0;
}
