import { CursorScan } from './cursor-scan';
import { decodeKey } from '../keys/decode-key';
import { IDBCursor, firstIteration } from '../idb-cursor';
import { IDBCursorWithValue } from '../idb-cursor-with-value';
import { toInterval } from '../idb-key-range';
import { IDBRequest } from '../idb-request';
import { deserializeValue } from '../values/structured-clone';
import { toEnumeration } from '../web-idl';
import { exception } from './exceptions';
import { INTERNAL } from './internal';
import {
  DIRECTIONS,
  readAll,
  toGetAllOptions,
  toLimit,
  toMultipleQuery,
  toQuery,
  type Part,
} from './multiple-query';
import { countRows, firstRow, type RecordSource } from './source';
import type { Transaction } from './transaction';

/** The reading methods that object stores and indexes share. */
export class Reader {
  constructor(
    readonly transaction: Transaction,
    readonly source: RecordSource,
    readonly handle: IDBObjectStore | IDBIndex,
  ) {}

  assertUsable(): void {
    const { store, index } = this.source;
    if (store.deleted || index?.deleted) {
      throw exception('InvalidStateError', 'The object store or index was deleted');
    }
    this.transaction.assertActive();
  }

  get(query: unknown): IDBRequest {
    this.assertUsable();
    const interval = toInterval(query, false);
    return this.#place(() => {
      const row = firstRow(this.transaction, this.source, interval, true);
      return row?.value ? deserializeValue(row.value) : undefined;
    });
  }

  getKey(query: unknown): IDBRequest {
    this.assertUsable();
    const interval = toInterval(query, false);
    return this.#place(() => {
      const row = firstRow(this.transaction, this.source, interval, false);
      return row ? decodeKey(row.primaryKey) : undefined;
    });
  }

  getAll(queryOrOptions: unknown, count: unknown, part: Part): IDBRequest {
    const limit = toLimit(count);
    this.assertUsable();
    const query = toMultipleQuery(queryOrOptions, limit);
    return this.#place(() => readAll(this.transaction, this.source, query, part));
  }

  getAllRecords(options: unknown): IDBRequest {
    const converted = toGetAllOptions(options);
    this.assertUsable();
    const query = toQuery(converted);
    return this.#place(() => readAll(this.transaction, this.source, query, 'record'));
  }

  count(query: unknown): IDBRequest {
    this.assertUsable();
    const interval = toInterval(query, true);
    return this.#place(() => countRows(this.transaction, this.source, interval));
  }

  openCursor(query: unknown, direction: unknown, withValues: boolean): IDBRequest {
    const towards = direction === undefined ? 'next' : toEnumeration(direction, DIRECTIONS);
    this.assertUsable();
    const interval = toInterval(query, true);
    const { transaction, source, handle } = this;
    const request = new IDBRequest(INTERNAL, handle, transaction.handle);
    const scan = new CursorScan(transaction, source, interval, towards, withValues);
    const Cursor = withValues ? IDBCursorWithValue : IDBCursor;
    const cursor = new Cursor(INTERNAL, scan, handle, request);
    return transaction.place(handle, () => firstIteration(cursor, scan), request);
  }

  #place(run: () => unknown): IDBRequest {
    return this.transaction.place(this.handle, run);
  }
}
