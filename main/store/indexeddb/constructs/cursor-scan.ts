import { BEFORE_ALL, compareKeys, successor, type Key } from '../keys/key';
import type { Bound, Interval, Row } from '../storage/storage';
import { isReverse, readRows, spanAfter, spanOf, type RecordSource, type Span } from './source';
import type { Transaction } from './transaction';

/** Where a cursor is told to go: the first record at or beyond this. */
export interface Target {
  readonly key: Key;
  readonly primaryKey: Key | null;
}

const LARGEST_BATCH = 64;
const BATCH_BYTES = 256 * 1024;

/**
 * The reading side of a cursor. Reads ahead a little, in growing batches as long as the records are
 * small; what was read ahead is dropped when the transaction writes or the cursor jumps.
 */
export class CursorScan {
  readonly #span: Span;
  #position: Row | null = null;
  #ahead: Row[] = [];
  #readAt = 0;
  #batch = 1;

  constructor(
    readonly transaction: Transaction,
    readonly source: RecordSource,
    interval: Interval,
    readonly direction: IDBCursorDirection,
    readonly withValues: boolean,
  ) {
    this.#span = spanOf(interval);
  }

  /** Moves to the next record, or to the first at or beyond `target`; null when there is none. */
  next(target: Target | null): Row | null {
    if (target) return this.#moveTo(this.#read(this.#spanFrom(target), 1)[0]);
    if (this.#readAt !== this.transaction.writes) this.#ahead = [];
    if (this.#ahead.length === 0) this.#readAhead();
    return this.#stand(this.#ahead.shift());
  }

  /** Moves over `count` records. */
  advance(count: number): Row | null {
    if (count === 1) return this.next(null);
    return this.#moveTo(this.#read(this.#rest(), 1, count - 1)[0]);
  }

  #moveTo(row: Row | undefined): Row | null {
    this.#ahead = [];
    this.#batch = 1;
    return this.#stand(row);
  }

  #stand(row: Row | undefined): Row | null {
    this.#position = row ?? null;
    return this.#position;
  }

  #readAhead(): void {
    this.#ahead = this.#read(this.#rest(), this.#batch);
    this.#readAt = this.transaction.writes;
    const bytes = this.#ahead.reduce((sum, row) => sum + (row.value?.length ?? 0), 0);
    if (bytes * 2 > BATCH_BYTES) this.#batch = Math.max(1, this.#batch >> 1);
    else this.#batch = Math.min(LARGEST_BATCH, this.#batch * 2);
  }

  #read(span: Span, limit: number, skip = 0): Row[] {
    const { transaction, source, direction, withValues } = this;
    return readRows(transaction, source, span, direction, withValues, limit, skip);
  }

  #rest(): Span {
    return this.#position ? spanAfter(this.#span, this.#position, this.direction) : this.#span;
  }

  #spanFrom({ key, primaryKey }: Target): Span {
    const { from, to } = this.#rest();
    if (isReverse(this.direction)) {
      const bound = primaryKey
        ? { key, primaryKey: successor(primaryKey) }
        : { key: successor(key), primaryKey: BEFORE_ALL };
      return { from, to: compareBounds(bound, to) < 0 ? bound : to };
    }
    const bound = { key, primaryKey: primaryKey ?? BEFORE_ALL };
    return { from: compareBounds(bound, from) > 0 ? bound : from, to };
  }
}

function compareBounds(a: Bound, b: Bound): number {
  return compareKeys(a.key, b.key) || compareKeys(a.primaryKey, b.primaryKey);
}
