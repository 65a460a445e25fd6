import { BEFORE_ALL, compareKeys, successor } from '../keys/key';
import type { Bound, Interval, Row } from '../storage/storage';
import type { IndexSchema, StoreSchema } from './schema';
import type { Transaction } from './transaction';

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
  transaction: Transaction,
  source: RecordSource,
  span: Span,
  direction: IDBCursorDirection,
  withValues: boolean,
  limit: number,
  skip = 0,
): Row[] {
  const { store, index } = source;
  const { storage } = transaction.engine;
  if (!index) {
    const interval = { lower: lowerKey(span.from), upper: lowerKey(span.to) };
    return storage.scanStore(store.id, interval, isReverse(direction), withValues, limit, skip);
  }
  const scan = scanOf(transaction, index);
  if (!isUnique(direction)) {
    return scan(span, isReverse(direction), withValues, limit, skip);
  }
  return readUnique(scan, span, direction, withValues, limit, skip);
}

type IndexScan = (
  span: Span,
  reverse: boolean,
  withValues: boolean,
  limit: number,
  skip?: number,
) => Row[];

function scanOf(transaction: Transaction, index: IndexSchema): IndexScan {
  const entries = { index: index.id, isSorted: transaction.prepareIndexes() };
  return ({ from, to }, ...how) => transaction.engine.storage.scanIndex(entries, from, to, ...how);
}

// In a store the primary key is the key: a bound within a key can only stand before or behind it.
function lowerKey({ key, primaryKey }: Bound): Buffer {
  return compareKeys(primaryKey, key) > 0 ? successor(key) : key;
}

/** Of several records under one key, the one with the lowest primary key, in both directions. */
function readUnique(
  scan: IndexScan,
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
      ? firstOfLastKey(scan, rest, wanted)
      : scan(rest, false, wanted, 1);
    if (!row) return rows;
    if (passed >= skip) rows.push(row);
    rest = spanAfter(rest, row, direction);
  }
  return rows;
}

function firstOfLastKey(scan: IndexScan, span: Span, withValues: boolean): Row[] {
  const [last] = scan(span, true, false, 1);
  if (!last) return [];
  return scan(spanOf({ lower: last.key, upper: successor(last.key) }), false, withValues, 1);
}

/** The first record of an interval. */
export function firstRow(
  transaction: Transaction,
  source: RecordSource,
  interval: Interval,
  withValue: boolean,
): Row | undefined {
  const { only } = interval;
  if (only && !source.index) {
    const value = transaction.engine.storage.record(source.store.id, only)?.value;
    return value && { key: only, primaryKey: only, value };
  }
  return readRows(transaction, source, spanOf(interval), 'next', withValue, 1)[0];
}

export function countRows(
  transaction: Transaction,
  { store, index }: RecordSource,
  interval: Interval,
): number {
  const { storage } = transaction.engine;
  if (!index) return storage.countRecords(store.id, interval);
  return storage.countEntries(index.id, interval, transaction.prepareIndexes());
}
