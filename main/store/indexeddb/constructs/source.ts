import { BEFORE_ALL, compareKeys, successor } from '../keys/key';
import type { Bound, Interval, Row, Storage } from '../storage/storage';
import type { IndexSchema, StoreSchema } from './schema';

/** A store's own records, or its records as one of its indexes lists them. */
export interface RecordSource {
  readonly store: StoreSchema;
  readonly index: IndexSchema | null;
}

export function isReverse(direction: IDBCursorDirection): boolean {
  return direction === 'prev' || direction === 'prevunique';
}

function isUnique(direction: IDBCursorDirection): boolean {
  return direction === 'nextunique' || direction === 'prevunique';
}

/** The two ends of a scan; `from` belongs to it, `to` does not. */
export interface Span {
  readonly from: Bound;
  readonly to: Bound;
}

export function spanOf({ lower, upper }: Interval): Span {
  return {
    from: { key: lower, primaryKey: BEFORE_ALL },
    to: { key: upper, primaryKey: BEFORE_ALL },
  };
}

/** What remains of a span for a cursor that stands on `row`. */
export function spanAfter(span: Span, row: Row, direction: IDBCursorDirection): Span {
  const { key, primaryKey } = row;
  switch (direction) {
    case 'next':
      return { from: { key, primaryKey: successor(primaryKey) }, to: span.to };
    case 'nextunique':
      return { from: { key: successor(key), primaryKey: BEFORE_ALL }, to: span.to };
    case 'prev':
      return { from: span.from, to: { key, primaryKey } };
    case 'prevunique':
      return { from: span.from, to: { key, primaryKey: BEFORE_ALL } };
  }
}

/** Reads at most `limit` records of a span in a direction, the first `skip` left out. */
export function readRows(
  storage: Storage,
  source: RecordSource,
  span: Span,
  direction: IDBCursorDirection,
  withValues: boolean,
  limit: number,
  skip = 0,
): Row[] {
  const { store, index } = source;
  if (!index) {
    const interval = { lower: lowerKey(span.from), upper: lowerKey(span.to) };
    return storage.scanStore(store.id, interval, isReverse(direction), withValues, limit, skip);
  }
  if (!isUnique(direction)) {
    const reverse = isReverse(direction);
    return storage.scanIndex(index.id, span.from, span.to, reverse, withValues, limit, skip);
  }
  return readUnique(storage, index, span, direction, withValues, limit, skip);
}

// In a store the primary key is the key: a bound within a key can only stand before or behind it.
function lowerKey({ key, primaryKey }: Bound): Buffer {
  return compareKeys(primaryKey, key) > 0 ? successor(key) : key;
}

/** Of several records under one key, the one with the lowest primary key, in both directions. */
function readUnique(
  storage: Storage,
  index: IndexSchema,
  span: Span,
  direction: IDBCursorDirection,
  withValues: boolean,
  limit: number,
  skip: number,
): Row[] {
  const rows: Row[] = [];
  let rest = span;
  for (let passed = 0; rows.length < limit; passed += 1) {
    const wanted = passed >= skip && withValues;
    const [row] = isReverse(direction)
      ? firstOfLastKey(storage, index, rest, wanted)
      : storage.scanIndex(index.id, rest.from, rest.to, false, wanted, 1);
    if (!row) return rows;
    if (passed >= skip) rows.push(row);
    rest = spanAfter(rest, row, direction);
  }
  return rows;
}

function firstOfLastKey(
  storage: Storage,
  index: IndexSchema,
  { from, to }: Span,
  withValues: boolean,
): Row[] {
  const [last] = storage.scanIndex(index.id, from, to, true, false, 1);
  if (!last) return [];
  const ofKey = spanOf({ lower: last.key, upper: successor(last.key) });
  return storage.scanIndex(index.id, ofKey.from, ofKey.to, false, withValues, 1);
}

/** The first record of an interval. */
export function firstRow(
  storage: Storage,
  source: RecordSource,
  interval: Interval,
  withValue: boolean,
): Row | undefined {
  const { only } = interval;
  if (only && !source.index) {
    const value = storage.record(source.store.id, only)?.value;
    return value && { key: only, primaryKey: only, value };
  }
  return readRows(storage, source, spanOf(interval), 'next', withValue, 1)[0];
}

export function countRows(storage: Storage, source: RecordSource, interval: Interval): number {
  return source.index
    ? storage.countEntries(source.index.id, interval)
    : storage.countRecords(source.store.id, interval);
}
