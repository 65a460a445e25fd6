import { decodeKey } from './keys/decode-key';
import { encodeKey } from './keys/encode-key';
import { AFTER_ALL, BEFORE_ALL, INVALID, compareKeys, successor, type Key } from './keys/key';
import type { Interval } from './storage/storage';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import { exception } from './constructs/exceptions';
import { toBoolean } from './web-idl';

interface Bounds {
  readonly lower: Key | null;
  readonly upper: Key | null;
  readonly lowerOpen: boolean;
  readonly upperOpen: boolean;
}

let boundsOf: (range: IDBKeyRange) => Bounds;

/** @see https://w3c.github.io/IndexedDB/#keyrange */
export class IDBKeyRange {
  readonly #bounds: Bounds;
  #lower: unknown;
  #upper: unknown;

  static {
    boundsOf = (range) => range.#bounds;
  }

  constructor(token: typeof INTERNAL, bounds: Bounds) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    this.#bounds = bounds;
  }

  static only(value: unknown): IDBKeyRange {
    const key = toKey(value);
    return new IDBKeyRange(INTERNAL, {
      lower: key,
      upper: key,
      lowerOpen: false,
      upperOpen: false,
    });
  }

  static lowerBound(lower: unknown, open = false): IDBKeyRange {
    const key = toKey(lower);
    return new IDBKeyRange(INTERNAL, {
      lower: key,
      upper: null,
      lowerOpen: toBoolean(open),
      upperOpen: true,
    });
  }

  static upperBound(upper: unknown, open = false): IDBKeyRange {
    const key = toKey(upper);
    return new IDBKeyRange(INTERNAL, {
      lower: null,
      upper: key,
      lowerOpen: true,
      upperOpen: toBoolean(open),
    });
  }

  static bound(lower: unknown, upper: unknown, lowerOpen = false, upperOpen = false): IDBKeyRange {
    const from = toKey(lower);
    const to = toKey(upper);
    const order = compareKeys(from, to);
    const isEmpty = order > 0 || (order === 0 && (toBoolean(lowerOpen) || toBoolean(upperOpen)));
    if (isEmpty) throw exception('DataError', 'The lower bound is not below the upper bound');
    return new IDBKeyRange(INTERNAL, {
      lower: from,
      upper: to,
      lowerOpen: toBoolean(lowerOpen),
      upperOpen: toBoolean(upperOpen),
    });
  }

  get lower(): unknown {
    const { lower } = this.#bounds;
    if (lower) this.#lower ??= decodeKey(lower);
    return this.#lower;
  }

  get upper(): unknown {
    const { upper } = this.#bounds;
    if (upper) this.#upper ??= decodeKey(upper);
    return this.#upper;
  }

  get lowerOpen(): boolean {
    return this.#bounds.lowerOpen;
  }

  get upperOpen(): boolean {
    return this.#bounds.upperOpen;
  }

  includes(value: unknown): boolean {
    const key = toKey(value);
    const { lower, upper } = intervalOf(this);
    return compareKeys(key, lower) >= 0 && compareKeys(key, upper) < 0;
  }
}

/** Converts what a caller gave as a key. @throws DOMException `DataError` */
export function toKey(value: unknown): Key {
  const key = encodeKey(value);
  if (key === INVALID) throw exception('DataError');
  return key;
}

/** The keys of a range as a half-open interval, which is what statements take. */
export function intervalOf(range: IDBKeyRange): Interval {
  const { lower, upper, lowerOpen, upperOpen } = boundsOf(range);
  return {
    lower: lower ? (lowerOpen ? successor(lower) : lower) : BEFORE_ALL,
    upper: upper ? (upperOpen ? upper : successor(upper)) : AFTER_ALL,
  };
}

/**
 * Converts a key, a key range or, where `nullAllowed`, nothing, to an interval.
 *
 * @throws DOMException `DataError`
 * @see https://w3c.github.io/IndexedDB/#convert-a-value-to-a-key-range
 */
export function toInterval(query: unknown, nullAllowed: boolean): Interval {
  if (query instanceof IDBKeyRange) return intervalOf(query);
  if (query === undefined || query === null) {
    if (nullAllowed) return { lower: BEFORE_ALL, upper: AFTER_ALL };
    throw exception('DataError', 'A key or key range is required');
  }
  const key = toKey(query);
  return { lower: key, upper: successor(key), only: key };
}
