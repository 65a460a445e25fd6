import type { Connection } from './constructs/connection';
import { exception } from './constructs/exceptions';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import type { StoreSchema } from './constructs/schema';
import { Transaction } from './constructs/transaction';
import { DOMStringList } from './dom-string-list';
import type { PathTarget } from './events/dispatch';
import { DatabaseEventTarget, type EventHandler } from './events/event-target';
import type { IDBObjectStore } from './idb-object-store';
import { IDBTransaction, storeHandle } from './idb-transaction';
import { isValidKeyPath } from './keys/key-path';
import { encodeKeyPath, encodeName } from './storage/catalog';
import {
  toBoolean,
  toDictionary,
  toDomString,
  toDomStringOrSequence,
  toEnumeration,
} from './web-idl';

const MODES = ['readonly', 'readwrite', 'versionchange'] as const;
const DURABILITIES = ['default', 'strict', 'relaxed'] as const;

const upgrades = new WeakMap<Transaction, IDBTransaction>();

/** @see https://w3c.github.io/IndexedDB/#database-interface */
export class IDBDatabase extends DatabaseEventTarget {
  readonly #connection: Connection;

  constructor(token: typeof INTERNAL, connection: Connection) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    super();
    this.#connection = connection;
    connection.attach(this);
  }

  get name(): string {
    return this.#connection.database.name;
  }

  get version(): number {
    return this.#connection.version;
  }

  get objectStoreNames(): DOMStringList {
    return new DOMStringList(this.#connection.stores.keys());
  }

  transaction(
    storeNames: string | Iterable<string>,
    mode: IDBTransactionMode = 'readonly',
    options?: IDBTransactionOptions,
  ): IDBTransaction {
    const names = toNames(storeNames);
    const wantedMode = toEnumeration(mode, MODES);
    const hint = toDictionary(options).durability;
    const durability = hint === undefined ? 'default' : toEnumeration(hint, DURABILITIES);
    if (this.#connection.upgradeTransaction) {
      throw exception('InvalidStateError', 'An upgrade is running');
    }
    if (this.#connection.isClosePending) {
      throw exception('InvalidStateError', 'The connection is closed');
    }
    const scope = new Set<StoreSchema>();
    for (const name of names) scope.add(this.#storeNamed(name));
    if (scope.size === 0) throw exception('InvalidAccessError', 'No object store is named');
    if (wantedMode === 'versionchange') throw new TypeError('The mode is kept for upgrades');
    const transaction = new Transaction(this.#connection, wantedMode, durability, scope);
    const handle = new IDBTransaction(INTERNAL, transaction, this.#self);
    transaction.deactivateAfterScript();
    this.#connection.enter(transaction);
    return handle;
  }

  createObjectStore(name: string, options?: IDBObjectStoreParameters): IDBObjectStore {
    const storeName = toDomString(name);
    const { autoIncrement = false, keyPath: path = null } = toDictionary(options);
    const keyPath = path === null ? null : toDomStringOrSequence(path);
    const transaction = this.#assertUpgrading();
    const { stores, database } = this.#connection;
    if (keyPath !== null && !isValidKeyPath(keyPath)) throw exception('SyntaxError');
    if (stores.has(storeName)) throw exception('ConstraintError', 'The name is taken');
    if (autoIncrement && (keyPath === '' || Array.isArray(keyPath))) {
      throw exception('InvalidAccessError', 'A key generator needs one key path, or none');
    }
    const { storage } = database.engine;
    const store: StoreSchema = {
      id: storage.newSchemaId(),
      name: storeName,
      keyPath,
      autoIncrement: toBoolean(autoIncrement),
      currentNumber: 1,
      indexes: new Map(),
      deleted: false,
    };
    stores.set(storeName, store);
    transaction.scope.add(store);
    transaction.onAbort(() => {
      stores.delete(storeName);
      store.deleted = true;
    });
    transaction.placeSchemaChange(() => {
      transaction.write(
        storage.writes.createStore,
        store.id,
        database.id,
        encodeName(storeName),
        keyPath === null ? null : encodeKeyPath(keyPath),
        Number(store.autoIncrement),
        1,
      );
    });
    return storeHandle(upgradeHandle(transaction), store, true);
  }

  deleteObjectStore(name: string): void {
    const storeName = toDomString(name);
    const transaction = this.#assertUpgrading();
    const { stores, engine } = this.#connection;
    const store = stores.get(storeName);
    if (!store) throw exception('NotFoundError');
    const indexes = [...store.indexes.values()];
    stores.delete(storeName);
    store.deleted = true;
    store.indexes.clear();
    for (const index of indexes) index.deleted = true;
    transaction.onAbort(() => {
      stores.set(storeName, store);
      store.deleted = false;
      for (const index of indexes) {
        index.deleted = false;
        store.indexes.set(index.name, index);
      }
    });
    const { writes } = engine.storage;
    transaction.placeSchemaChange(() => {
      for (const index of indexes) {
        transaction.write(writes.clearIndex, index.id);
        transaction.write(writes.deleteIndex, index.id);
      }
      transaction.write(writes.clearStore, store.id);
      transaction.write(writes.deleteStore, store.id);
    });
  }

  close(): void {
    this.#connection.close();
  }

  get onabort(): EventHandler {
    return this.getHandler('abort');
  }

  set onabort(handler: EventHandler) {
    this.setHandler('abort', handler);
  }

  get onclose(): EventHandler {
    return this.getHandler('close');
  }

  set onclose(handler: EventHandler) {
    this.setHandler('close', handler);
  }

  get onerror(): EventHandler {
    return this.getHandler('error');
  }

  set onerror(handler: EventHandler) {
    this.setHandler('error', handler);
  }

  get onversionchange(): EventHandler<IDBVersionChangeEvent> {
    return this.getHandler('versionchange');
  }

  set onversionchange(handler: EventHandler<IDBVersionChangeEvent>) {
    this.setHandler('versionchange', handler);
  }

  get #self(): globalThis.IDBDatabase & PathTarget {
    return this as unknown as globalThis.IDBDatabase & PathTarget;
  }

  #storeNamed(name: string): StoreSchema {
    const store = this.#connection.stores.get(name);
    if (!store) throw exception('NotFoundError', `There is no object store '${name}'`);
    return store;
  }

  #assertUpgrading(): Transaction {
    const transaction = this.#connection.upgradeTransaction;
    if (!transaction) {
      throw exception('InvalidStateError', 'The schema can only be changed by an upgrade');
    }
    transaction.assertActive();
    return transaction;
  }
}

/** Makes the object that script knows an upgrade's transaction by. */
export function openUpgradeHandle(transaction: Transaction, db: IDBDatabase): IDBTransaction {
  const handle = new IDBTransaction(
    INTERNAL,
    transaction,
    db as unknown as globalThis.IDBDatabase & PathTarget,
  );
  upgrades.set(transaction, handle);
  return handle;
}

function upgradeHandle(transaction: Transaction): IDBTransaction {
  const handle = upgrades.get(transaction);
  if (!handle) throw exception('InvalidStateError');
  return handle;
}

function toNames(storeNames: unknown): readonly string[] {
  const names = toDomStringOrSequence(storeNames);
  return typeof names === 'string' ? [names] : names;
}
