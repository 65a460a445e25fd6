/** Conversions of what callers give, as Web IDL prescribes them for this API's types. */

const UNSIGNED_LONG_MAX = 2 ** 32 - 1;

/** As the language converts to a number; Number() would take a BigInt. */
function toNumber(value: unknown): number {
  if (typeof value === 'bigint') throw new TypeError('A BigInt is no number');
  return Number(value);
}

function enforceRange(value: unknown, largest: number): number {
  const number = Math.trunc(toNumber(value));
  if (!Number.isFinite(number) || number < 0 || number > largest) {
    throw new TypeError(`The value is not an integer between 0 and ${largest}`);
  }
  return number + 0;
}

/** `[EnforceRange] unsigned long` */
export function toUnsignedLong(value: unknown): number {
  return enforceRange(value, UNSIGNED_LONG_MAX);
}

/** `[EnforceRange] unsigned long long` */
export function toUnsignedLongLong(value: unknown): number {
  return enforceRange(value, Number.MAX_SAFE_INTEGER);
}

/** `unsigned long long`, without a check of its range: what does not fit wraps around. */
export function toWrappedUnsignedLongLong(value: unknown): number {
  const number = Math.trunc(toNumber(value));
  return Number.isFinite(number) ? Number(BigInt.asUintN(64, BigInt(number))) : 0;
}

/** `DOMString` */
export function toDomString(value: unknown): string {
  // String() would take a symbol.
  if (typeof value === 'symbol') throw new TypeError('A symbol has no string value');
  return String(value);
}

/** `(DOMString or sequence<DOMString>)` */
export function toDomStringOrSequence(value: unknown): string | string[] {
  if (isObject(value)) {
    const iterator: unknown = Reflect.get(value, Symbol.iterator);
    if (iterator !== undefined && iterator !== null) {
      return Array.from(value as Iterable<unknown>, toDomString);
    }
  }
  return toDomString(value);
}

/** `boolean` */
export function toBoolean(value: unknown): boolean {
  return Boolean(value);
}

/** An enumeration: one of `allowed`, or a TypeError. */
export function toEnumeration<T extends string>(value: unknown, allowed: readonly T[]): T {
  const text = toDomString(value);
  const found = allowed.find((entry) => entry === text);
  if (found === undefined) throw new TypeError(`'${text}' is not one of ${allowed.join(', ')}`);
  return found;
}

/** Whether a value, whatever its declared type says, is an object. */
export function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** A dictionary: undefined and null are the empty one, other primitives a TypeError. */
export function toDictionary<T extends object>(value: T | null | undefined): Partial<T> {
  if (value === undefined || value === null) return {};
  if (!isObject(value)) throw new TypeError('The options are not an object');
  return value;
}
