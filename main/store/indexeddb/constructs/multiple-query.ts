import { types } from 'node:util';
import { decodeKey } from '../keys/decode-key';
import { IDBKeyRange, toInterval } from '../idb-key-range';
import { IDBRecord } from '../idb-record';
import type { Interval, Row } from '../storage/storage';
import { deserializeValue } from '../values/structured-clone';
import { toDictionary, toEnumeration, toUnsignedLong } from '../web-idl';
import { INTERNAL } from './internal';
import { readRows, spanOf, type RecordSource } from './source';
import type { Transaction } from './transaction';

export const DIRECTIONS = ['next', 'nextunique', 'prev', 'prevunique'] as const;

/** What `getAll()` and its like give of each record. */
export type Part = 'value' | 'primaryKey' | 'record';

interface MultipleQuery {
  readonly interval: Interval;
  readonly direction: IDBCursorDirection;
  readonly limit: number;
}

/** The dictionary of the third edition. */
export interface GetAllOptions {
  readonly query?: unknown;
  readonly count?: number;
  readonly direction?: IDBCursorDirection;
}

// No count, or a count of 0.
const NO_LIMIT = Number.MAX_SAFE_INTEGER;

/** @see https://w3c.github.io/IndexedDB/#is-a-potentially-valid-key-range */
function mayBeKeyRange(value: unknown): boolean {
  if (value === undefined || value === null) return true;
  if (value instanceof IDBKeyRange) return true;
  if (typeof value !== 'object') return typeof value === 'number' || typeof value === 'string';
  return (
    Array.isArray(value) ||
    types.isDate(value) ||
    ArrayBuffer.isView(value) ||
    types.isAnyArrayBuffer(value)
  );
}

/** Converts a count; 0 or none is no limit. @throws TypeError */
export function toLimit(count: unknown): number {
  const limit = count === undefined ? 0 : toUnsignedLong(count);
  return limit === 0 ? NO_LIMIT : limit;
}

/** Converts the arguments of `getAll()` and `getAllKeys()`: a range and a count, or options. */
export function toMultipleQuery(queryOrOptions: unknown, limit: number): MultipleQuery {
  if (mayBeKeyRange(queryOrOptions)) {
    return { interval: toInterval(queryOrOptions, true), direction: 'next', limit };
  }
  return toQuery(toGetAllOptions(queryOrOptions));
}

/** The dictionary with its simple members converted, and the query as it was given. */
interface ConvertedOptions extends Omit<MultipleQuery, 'interval'> {
  readonly query: unknown;
}

/** Converts options, all but the query in them. @throws TypeError */
export function toGetAllOptions(value: unknown): ConvertedOptions {
  const options = toDictionary<GetAllOptions>(value as GetAllOptions | null | undefined);
  const limit = toLimit(options.count);
  const { direction } = options;
  return {
    limit,
    direction: direction === undefined ? 'next' : toEnumeration(direction, DIRECTIONS),
    query: options.query,
  };
}

/** Converts the query in options. @throws DOMException `DataError` */
export function toQuery({ query, direction, limit }: ConvertedOptions): MultipleQuery {
  return { interval: toInterval(query, true), direction, limit };
}

/** Reads what a query asks for, each record as `part`. */
export function readAll(
  transaction: Transaction,
  source: RecordSource,
  { interval, direction, limit }: MultipleQuery,
  part: Part,
): unknown[] {
  const withValues = part !== 'primaryKey';
  const span = spanOf(interval);
  return readRows(transaction, source, span, direction, withValues, limit).map((row) =>
    toPart(row, part),
  );
}

function toPart(row: Row, part: Part): unknown {
  if (part === 'primaryKey') return decodeKey(row.primaryKey);
  const value = row.value ? deserializeValue(row.value) : undefined;
  if (part === 'value') return value;
  return new IDBRecord(INTERNAL, decodeKey(row.key), decodeKey(row.primaryKey), value);
}
