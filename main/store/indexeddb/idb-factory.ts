import type { Databases } from './constructs/databases';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import { processDelete, processOpen } from './constructs/open-and-delete';
import { toKey } from './idb-key-range';
import { IDBOpenDBRequest } from './idb-open-db-request';
import { compareKeys } from './keys/key';
import { toDomString, toUnsignedLongLong } from './web-idl';

/** @see https://w3c.github.io/IndexedDB/#factory-interface */
export class IDBFactory {
  readonly #databases: Databases;
  /** The last request for each name: those for one name are processed one after the other. */
  readonly #connectionQueues = new Map<string, Promise<void>>();

  constructor(token: typeof INTERNAL, databases: Databases) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    this.#databases = databases;
  }

  open(name: string, version?: number): IDBOpenDBRequest {
    const databaseName = toDomString(name);
    const wanted = version === undefined ? undefined : toUnsignedLongLong(version);
    if (wanted === 0) throw new TypeError('The version is 0');
    const request = new IDBOpenDBRequest(INTERNAL);
    this.#enqueue(databaseName, () => processOpen(this.#databases, databaseName, wanted, request));
    return request;
  }

  deleteDatabase(name: string): IDBOpenDBRequest {
    const databaseName = toDomString(name);
    const request = new IDBOpenDBRequest(INTERNAL);
    this.#enqueue(databaseName, () => processDelete(this.#databases, databaseName, request));
    return request;
  }

  databases(): Promise<IDBDatabaseInfo[]> {
    return Promise.resolve(this.#databases.list());
  }

  cmp(first: unknown, second: unknown): -1 | 0 | 1 {
    return compareKeys(toKey(first), toKey(second));
  }

  #enqueue(name: string, process: () => Promise<void>): void {
    const previous = this.#connectionQueues.get(name) ?? Promise.resolve();
    const current = previous.then(process).finally(() => {
      if (this.#connectionQueues.get(name) === current) this.#connectionQueues.delete(name);
    });
    this.#connectionQueues.set(name, current);
  }
}
