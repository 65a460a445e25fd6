/**
 * A key in its stored form: an order-preserving byte string, so that comparing two keys is comparing
 * their bytes, in this process and inside SQLite alike.
 *
 * | type   | first byte | then                                                                  |
 * | ------ | ---------- | --------------------------------------------------------------------- |
 * | number | 0x10       | 8 bytes: IEEE 754, big-endian, sign bit flipped (negative: all bits)   |
 * | date   | 0x20       | the same, of the time value                                           |
 * | string | 0x30       | each UTF-16 code unit in 1 to 3 bytes, larger units larger; then 0x00 |
 * | binary | 0x40       | the bytes, 0x00 written as 0x00 0xFF; then 0x00 0x00                  |
 * | array  | 0x50       | the members' encodings; then 0x00                                     |
 *
 * No encoding is a proper prefix of another, which is what makes {@link successor} correct.
 */
export type Key = Buffer;

/** What converting a value to a key gives when the value is no key. */
export const INVALID = Symbol('invalid key');
export type Invalid = typeof INVALID;

export const TAG_NUMBER = 0x10;
export const TAG_DATE = 0x20;
export const TAG_STRING = 0x30;
export const TAG_BINARY = 0x40;
export const TAG_ARRAY = 0x50;
export const END = 0x00;
export const ESCAPED_ZERO = 0xff;

/** Code units below this take one byte (value + 1). */
export const ONE_BYTE_LIMIT = 0x7f;
/** Code units below this take two bytes (0x80-0xBF, then any). */
export const TWO_BYTE_LIMIT = ONE_BYTE_LIMIT + 0x4000;

/** A bound below every key. */
export const BEFORE_ALL: Key = Buffer.alloc(0);
/** A bound above every key. */
export const AFTER_ALL: Key = Buffer.from([0xff]);

const ZERO = Buffer.from([0]);

/** The least byte string greater than `key`: turns open bounds into closed ones and vice versa. */
export function successor(key: Key): Key {
  return Buffer.concat([key, ZERO]);
}

/** -1, 0 or 1 as `a` sorts before, with or after `b`. */
export function compareKeys(a: Key, b: Key): -1 | 0 | 1 {
  return Buffer.compare(a, b);
}
