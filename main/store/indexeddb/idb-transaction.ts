import { exception } from './constructs/exceptions';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import type { StoreSchema } from './constructs/schema';
import type { Transaction } from './constructs/transaction';
import { DOMStringList } from './dom-string-list';
import { PATH_PARENT, type PathTarget } from './events/dispatch';
import { DatabaseEventTarget, type EventHandler } from './events/event-target';
import { IDBObjectStore } from './idb-object-store';
import { toDomString } from './web-idl';

/** Gives the object that script knows a store by; `isNew` for one the transaction just created. */
export let storeHandle: (
  transaction: IDBTransaction,
  store: StoreSchema,
  isNew: boolean,
) => IDBObjectStore;

/** @see https://w3c.github.io/IndexedDB/#transaction */
export class IDBTransaction extends DatabaseEventTarget {
  readonly #transaction: Transaction;
  readonly #db: IDBDatabase & PathTarget;
  readonly #storeHandles = new Map<StoreSchema, IDBObjectStore>();
  /** The stores' names when the transaction was created; an upgrade asks its connection. */
  readonly #scopeByName: ReadonlyMap<string, StoreSchema>;

  static {
    storeHandle = (transaction, store, isNew) => transaction.#storeHandle(store, isNew);
  }

  constructor(token: typeof INTERNAL, transaction: Transaction, db: IDBDatabase & PathTarget) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    super();
    this.#transaction = transaction;
    this.#db = db;
    const scopeByName = new Map<string, StoreSchema>();
    for (const store of transaction.scope) scopeByName.set(store.name, store);
    this.#scopeByName = scopeByName;
    transaction.attach(this as unknown as globalThis.IDBTransaction & PathTarget);
  }

  get objectStoreNames(): DOMStringList {
    return new DOMStringList(this.#stores.keys());
  }

  get mode(): IDBTransactionMode {
    return this.#transaction.mode;
  }

  get durability(): IDBTransactionDurability {
    return this.#transaction.durability;
  }

  get db(): IDBDatabase {
    return this.#db;
  }

  get error(): DOMException | null {
    return this.#transaction.error;
  }

  objectStore(name: string): IDBObjectStore {
    const wanted = toDomString(name);
    if (this.#transaction.state === 'finished') {
      throw exception('InvalidStateError', 'The transaction has finished');
    }
    const store = this.#stores.get(wanted);
    if (!store) throw exception('NotFoundError');
    return this.#storeHandle(store, false);
  }

  commit(): void {
    if (this.#transaction.state !== 'active') {
      throw exception('InvalidStateError', 'The transaction is not active');
    }
    this.#transaction.commit();
  }

  abort(): void {
    const { state } = this.#transaction;
    if (state === 'committing' || state === 'finished') {
      throw exception('InvalidStateError', 'The transaction has finished');
    }
    this.#transaction.abort(null);
  }

  get onabort(): EventHandler {
    return this.getHandler('abort');
  }

  set onabort(handler: EventHandler) {
    this.setHandler('abort', handler);
  }

  get oncomplete(): EventHandler {
    return this.getHandler('complete');
  }

  set oncomplete(handler: EventHandler) {
    this.setHandler('complete', handler);
  }

  get onerror(): EventHandler {
    return this.getHandler('error');
  }

  set onerror(handler: EventHandler) {
    this.setHandler('error', handler);
  }

  override get [PATH_PARENT](): PathTarget | null {
    return this.#db;
  }

  get #stores(): ReadonlyMap<string, StoreSchema> {
    const { mode, connection } = this.#transaction;
    return mode === 'versionchange' ? connection.stores : this.#scopeByName;
  }

  #storeHandle(store: StoreSchema, isNew: boolean): IDBObjectStore {
    let handle = this.#storeHandles.get(store);
    if (!handle) {
      handle = new IDBObjectStore(INTERNAL, this.#transaction, store, isNew);
      this.#storeHandles.set(store, handle);
    }
    return handle;
  }
}
