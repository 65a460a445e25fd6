import type { CursorScan, Target } from './constructs/cursor-scan';
import { exception } from './constructs/exceptions';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import { cloneForStorage } from './constructs/new-record';
import { deleteRecords, entriesOf, storeRecord } from './constructs/record-operations';
import { isReverse } from './constructs/source';
import { toKey } from './idb-key-range';
import { makePending, type IDBRequest } from './idb-request';
import { decodeKey } from './keys/decode-key';
import { compareKeys, successor, type Key } from './keys/key';
import type { Row } from './storage/storage';
import { deserializeValue } from './values/structured-clone';
import { toUnsignedLong } from './web-idl';

type Source = IDBObjectStore | IDBIndex;

/** Where a cursor stands; what script asks for is made on demand, and then stays the same. */
interface Position {
  readonly row: Row;
  key?: IDBValidKey;
  primaryKey?: IDBValidKey;
  value?: { readonly current: unknown };
}

let iterate: (cursor: IDBCursor, move: () => Row | null) => IDBCursor | null;
let valueOf: (cursor: IDBCursor) => unknown;

/** @see https://w3c.github.io/IndexedDB/#cursor-interface */
export class IDBCursor {
  readonly #scan: CursorScan;
  readonly #source: Source;
  readonly #request: IDBRequest;
  #position: Position | null = null;
  #gotValue = false;

  static {
    iterate = (cursor, move) => cursor.#take(move());
    valueOf = (cursor) => cursor.#value;
  }

  constructor(token: typeof INTERNAL, scan: CursorScan, source: Source, request: IDBRequest) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    this.#scan = scan;
    this.#source = source;
    this.#request = request;
  }

  get source(): Source {
    return this.#source;
  }

  get direction(): IDBCursorDirection {
    return this.#scan.direction;
  }

  get key(): IDBValidKey | undefined {
    const position = this.#position;
    return position ? (position.key ??= decodeKey(position.row.key)) : undefined;
  }

  get primaryKey(): IDBValidKey | undefined {
    const position = this.#position;
    return position ? (position.primaryKey ??= decodeKey(position.row.primaryKey)) : undefined;
  }

  get request(): IDBRequest {
    return this.#request;
  }

  advance(count: number): void {
    const steps = toUnsignedLong(count);
    if (steps === 0) throw new TypeError('The count is 0');
    this.#assertMovable();
    this.#move(() => this.#scan.advance(steps));
  }

  continue(key?: unknown): void {
    this.#assertMovable();
    if (key === undefined) {
      this.#move(() => this.#scan.next(null));
      return;
    }
    const target = { key: toKey(key), primaryKey: null };
    this.#assertAhead(compareKeys(target.key, this.#row.key));
    this.#moveTo(target);
  }

  continuePrimaryKey(key: unknown, primaryKey: unknown): void {
    this.#scan.transaction.assertActive();
    this.#assertExisting();
    if (this.#scan.source.index === null) {
      throw exception('InvalidAccessError', 'The cursor does not go through an index');
    }
    if (this.direction !== 'next' && this.direction !== 'prev') {
      throw exception('InvalidAccessError', 'The cursor leaves out records with the same key');
    }
    this.#assertGotValue();
    const target = { key: toKey(key), primaryKey: toKey(primaryKey) };
    this.#assertAhead(
      compareKeys(target.key, this.#row.key) ||
        compareKeys(target.primaryKey, this.#row.primaryKey),
    );
    this.#moveTo(target);
  }

  update(value: unknown): IDBRequest {
    const { transaction, source } = this.#scan;
    this.#assertChangeable();
    const { store } = source;
    const { serialized, blobContents, source: keySource } = cloneForStorage(transaction, value);
    const key = this.#row.primaryKey;
    if (store.keyPath !== null) {
      const inLine = keySource.extractKey(store.keyPath);
      if (typeof inLine === 'symbol' || compareKeys(inLine, key) !== 0) {
        throw exception('DataError', "The value has another key than the cursor's record");
      }
    }
    const indexes = [...store.indexes.values()];
    const entries = entriesOf(keySource, indexes);
    const record = {
      store,
      key,
      source: keySource,
      value: serialized,
      blobContents,
      noOverwrite: false,
      indexes,
      entries,
    };
    return transaction.placeAfter(blobContents?.settled, this.#self, () =>
      decodeKey(storeRecord(transaction, record)),
    );
  }

  delete(): IDBRequest {
    const { transaction, source } = this.#scan;
    this.#assertChangeable();
    const indexes = [...source.store.indexes.values()];
    const key: Key = this.#row.primaryKey;
    return transaction.place(this.#self, () => {
      const only = { lower: key, upper: successor(key) };
      deleteRecords(transaction, source.store, indexes, only);
    });
  }

  get #self(): globalThis.IDBCursor {
    return this as unknown as globalThis.IDBCursor;
  }

  get #value(): unknown {
    const position = this.#position;
    if (!position?.row.value) return undefined;
    position.value ??= { current: deserializeValue(position.row.value) };
    return position.value.current;
  }

  get #row(): Row {
    if (!this.#position) throw exception('InvalidStateError');
    return this.#position.row;
  }

  #assertExisting(): void {
    const { store, index } = this.#scan.source;
    if (store.deleted || index?.deleted) {
      throw exception('InvalidStateError', 'The source of the cursor was deleted');
    }
  }

  #assertGotValue(): void {
    if (!this.#gotValue) {
      throw exception('InvalidStateError', 'The cursor is on its way, or past its end');
    }
  }

  #assertMovable(): void {
    this.#scan.transaction.assertActive();
    this.#assertExisting();
    this.#assertGotValue();
  }

  #assertChangeable(): void {
    const { transaction, withValues } = this.#scan;
    transaction.assertActive();
    transaction.assertWritable();
    this.#assertExisting();
    this.#assertGotValue();
    if (!withValues) throw exception('InvalidStateError', 'The cursor has keys only');
  }

  #assertAhead(order: number): void {
    if (isReverse(this.direction) ? order < 0 : order > 0) return;
    throw exception('DataError', 'The key does not lie ahead of the cursor');
  }

  #moveTo(target: Target): void {
    this.#move(() => this.#scan.next(target));
  }

  #move(move: () => Row | null): void {
    this.#gotValue = false;
    makePending(this.#request);
    this.#scan.transaction.place(this.#self, () => this.#take(move()), this.#request);
  }

  #take(row: Row | null): this | null {
    this.#position = row ? { row } : null;
    this.#gotValue = row !== null;
    return row ? this : null;
  }
}

/** The operation that moves a new cursor to its first record. */
export function firstIteration(cursor: IDBCursor, scan: CursorScan): IDBCursor | null {
  return iterate(cursor, () => scan.next(null));
}

/** The value of the record on which a cursor stands. */
export function currentValue(cursor: IDBCursor): unknown {
  return valueOf(cursor);
}
