import type { GetAllOptions } from './constructs/multiple-query';
import { Reader } from './constructs/reader';
import type { RecordSource } from './constructs/source';
import type { Transaction } from './constructs/transaction';
import type { IDBRequest } from './idb-request';

let readerIn: (methods: ReadMethods) => Reader;

/** The reading methods that object stores and indexes share; each interface shows them as its own. */
export class ReadMethods {
  readonly #reader: Reader;

  static {
    readerIn = (methods) => methods.#reader;
  }

  constructor(transaction: Transaction, source: RecordSource) {
    const handle = this as unknown as IDBObjectStore | IDBIndex;
    this.#reader = new Reader(transaction, source, handle);
  }

  get(query: unknown): IDBRequest {
    return this.#reader.get(query);
  }

  getKey(query: unknown): IDBRequest {
    return this.#reader.getKey(query);
  }

  getAll(queryOrOptions?: unknown, count?: number): IDBRequest {
    return this.#reader.getAll(queryOrOptions, count, 'value');
  }

  getAllKeys(queryOrOptions?: unknown, count?: number): IDBRequest {
    return this.#reader.getAll(queryOrOptions, count, 'primaryKey');
  }

  getAllRecords(options?: GetAllOptions): IDBRequest {
    return this.#reader.getAllRecords(options);
  }

  count(query?: unknown): IDBRequest {
    return this.#reader.count(query);
  }

  openCursor(query?: unknown, direction?: IDBCursorDirection): IDBRequest {
    return this.#reader.openCursor(query, direction, true);
  }

  openKeyCursor(query?: unknown, direction?: IDBCursorDirection): IDBRequest {
    return this.#reader.openCursor(query, direction, false);
  }
}

/** What an object store or an index reads with. */
export function readerOf(methods: ReadMethods): Reader {
  return readerIn(methods);
}
