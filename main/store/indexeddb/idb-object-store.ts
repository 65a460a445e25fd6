import { exception } from './constructs/exceptions';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import { prepareRecord } from './constructs/new-record';
import { clearStore, deleteRecords, fillIndex, storeRecord } from './constructs/record-operations';
import { rename, type IndexSchema, type StoreSchema } from './constructs/schema';
import type { Transaction } from './constructs/transaction';
import { DOMStringList } from './dom-string-list';
import { toInterval } from './idb-key-range';
import { IDBIndex } from './idb-index';
import { LateResult, type IDBRequest } from './idb-request';
import { decodeKey } from './keys/decode-key';
import { isValidKeyPath, type KeyPath } from './keys/key-path';
import { ReadMethods, readerOf } from './read-methods';
import { encodeKeyPath, encodeName } from './storage/catalog';
import { toBoolean, toDictionary, toDomString, toDomStringOrSequence } from './web-idl';

/** @see https://w3c.github.io/IndexedDB/#object-store-interface */
export class IDBObjectStore extends ReadMethods {
  readonly #transaction: Transaction;
  readonly #store: StoreSchema;
  readonly #isNew: boolean;
  readonly #keyPath: KeyPath | null;
  readonly #indexHandles = new Map<IndexSchema, IDBIndex>();
  #name: string;

  constructor(
    token: typeof INTERNAL,
    transaction: Transaction,
    store: StoreSchema,
    isNew: boolean,
  ) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    super(transaction, { store, index: null });
    this.#transaction = transaction;
    this.#store = store;
    this.#isNew = isNew;
    this.#keyPath = Array.isArray(store.keyPath) ? [...store.keyPath] : store.keyPath;
    this.#name = store.name;
  }

  get name(): string {
    return this.#name;
  }

  set name(value: string) {
    const name = toDomString(value);
    if (this.#store.deleted) throw exception('InvalidStateError', 'The object store was deleted');
    this.#assertUpgrading();
    const before = this.#store.name;
    if (name === before) return;
    const { stores } = this.#transaction.connection;
    if (stores.has(name)) throw exception('ConstraintError', 'The name is taken');
    rename(stores, this.#store, name);
    this.#name = name;
    this.#transaction.onAbort(() => {
      rename(stores, this.#store, before);
      if (!this.#isNew) this.#name = before;
    });
    this.#placeSchemaChange((writes) => {
      this.#transaction.write(writes.renameStore, encodeName(name), this.#store.id);
    });
  }

  get keyPath(): KeyPath | null {
    return this.#keyPath;
  }

  get indexNames(): DOMStringList {
    return new DOMStringList(this.#store.indexes.keys());
  }

  get transaction(): IDBTransaction {
    return this.#transaction.handle;
  }

  get autoIncrement(): boolean {
    return this.#store.autoIncrement;
  }

  put(value: unknown, key?: unknown): IDBRequest {
    return this.#addOrPut(value, key, false);
  }

  add(value: unknown, key?: unknown): IDBRequest {
    return this.#addOrPut(value, key, true);
  }

  delete(query: unknown): IDBRequest {
    this.#assertWritable();
    const interval = toInterval(query, false);
    const indexes = [...this.#store.indexes.values()];
    return this.#transaction.place(this.#self, () => {
      deleteRecords(this.#transaction, this.#store, indexes, interval);
    });
  }

  clear(): IDBRequest {
    this.#assertWritable();
    const indexes = [...this.#store.indexes.values()];
    return this.#transaction.place(this.#self, () => {
      clearStore(this.#transaction, this.#store, indexes);
    });
  }

  index(name: string): IDBIndex {
    const wanted = toDomString(name);
    if (this.#store.deleted || this.#transaction.state === 'finished') {
      throw exception('InvalidStateError', 'The object store or its transaction is gone');
    }
    const index = this.#store.indexes.get(wanted);
    if (!index) throw exception('NotFoundError');
    return this.#indexHandle(index, false);
  }

  createIndex(name: string, keyPath: string | string[], options?: IDBIndexParameters): IDBIndex {
    const indexName = toDomString(name);
    const path = toDomStringOrSequence(keyPath);
    const { multiEntry = false, unique = false } = toDictionary(options);
    this.#assertSchemaChangeable();
    const { indexes } = this.#store;
    if (indexes.has(indexName)) throw exception('ConstraintError', 'The name is taken');
    if (!isValidKeyPath(path)) throw exception('SyntaxError');
    if (Array.isArray(path) && multiEntry) {
      throw exception('InvalidAccessError', 'A multiEntry index has one key path');
    }
    const { storage } = this.#transaction.engine;
    const index: IndexSchema = {
      id: storage.newSchemaId(),
      name: indexName,
      keyPath: path,
      unique: toBoolean(unique),
      multiEntry: toBoolean(multiEntry),
      deleted: false,
    };
    indexes.set(indexName, index);
    this.#transaction.onAbort(() => {
      indexes.delete(indexName);
      index.deleted = true;
    });
    const flags = [Number(index.unique), Number(index.multiEntry)];
    this.#placeSchemaChange((writes) => {
      const row = [index.id, this.#store.id, encodeName(indexName), encodeKeyPath(path), ...flags];
      this.#transaction.write(writes.createIndex, ...row);
      fillIndex(this.#transaction, this.#store, index);
    });
    return this.#indexHandle(index, true);
  }

  deleteIndex(name: string): void {
    const indexName = toDomString(name);
    this.#assertSchemaChangeable();
    const { indexes } = this.#store;
    const index = indexes.get(indexName);
    if (!index) throw exception('NotFoundError');
    indexes.delete(indexName);
    index.deleted = true;
    this.#transaction.onAbort(() => {
      indexes.set(indexName, index);
      index.deleted = false;
    });
    this.#placeSchemaChange((writes) => {
      this.#transaction.write(writes.clearIndex, index.id);
      this.#transaction.write(writes.deleteIndex, index.id);
    });
  }

  get #self(): globalThis.IDBObjectStore {
    return this as unknown as globalThis.IDBObjectStore;
  }

  /** @see https://w3c.github.io/IndexedDB/#add-or-put */
  #addOrPut(value: unknown, key: unknown, noOverwrite: boolean): IDBRequest {
    this.#assertWritable();
    const transaction = this.#transaction;
    const record = prepareRecord(transaction, this.#store, value, key, noOverwrite);
    return transaction.placeAfter(record.blobContents?.settled, this.#self, () => {
      const stored = storeRecord(transaction, record);
      return new LateResult(() => decodeKey(stored));
    });
  }

  #indexHandle(index: IndexSchema, isNew: boolean): IDBIndex {
    let handle = this.#indexHandles.get(index);
    if (!handle) {
      handle = new IDBIndex(INTERNAL, this.#transaction, this.#self, this.#store, index, isNew);
      this.#indexHandles.set(index, handle);
    }
    return handle;
  }

  #assertWritable(): void {
    readerOf(this).assertUsable();
    this.#transaction.assertWritable();
  }

  #assertUpgrading(): void {
    if (this.#transaction.mode !== 'versionchange') {
      throw exception('InvalidStateError', 'The schema can only be changed by an upgrade');
    }
    this.#transaction.assertActive();
  }

  #assertSchemaChangeable(): void {
    if (this.#transaction.mode === 'versionchange' && this.#store.deleted) {
      throw exception('InvalidStateError', 'The object store was deleted');
    }
    this.#assertUpgrading();
  }

  #placeSchemaChange(change: (writes: Transaction['engine']['storage']['writes']) => void): void {
    const { writes } = this.#transaction.engine.storage;
    this.#transaction.placeSchemaChange(() => {
      change(writes);
    });
  }
}
