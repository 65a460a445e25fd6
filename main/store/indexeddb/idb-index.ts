import { exception } from './constructs/exceptions';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';
import { rename, type IndexSchema, type StoreSchema } from './constructs/schema';
import type { Transaction } from './constructs/transaction';
import type { KeyPath } from './keys/key-path';
import { ReadMethods, readerOf } from './read-methods';
import { encodeName } from './storage/catalog';
import { toDomString } from './web-idl';

/** @see https://w3c.github.io/IndexedDB/#index-interface */
export class IDBIndex extends ReadMethods {
  readonly #objectStore: IDBObjectStore;
  readonly #store: StoreSchema;
  readonly #index: IndexSchema;
  readonly #isNew: boolean;
  readonly #keyPath: KeyPath;
  #name: string;

  constructor(
    token: typeof INTERNAL,
    transaction: Transaction,
    objectStore: IDBObjectStore,
    store: StoreSchema,
    index: IndexSchema,
    isNew: boolean,
  ) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    super(transaction, { store, index });
    this.#objectStore = objectStore;
    this.#store = store;
    this.#index = index;
    this.#isNew = isNew;
    this.#keyPath = Array.isArray(index.keyPath) ? [...index.keyPath] : index.keyPath;
    this.#name = index.name;
  }

  get name(): string {
    return this.#name;
  }

  set name(value: string) {
    const name = toDomString(value);
    const { transaction } = readerOf(this);
    if (transaction.mode !== 'versionchange') {
      throw exception('InvalidStateError', 'The schema can only be changed by an upgrade');
    }
    transaction.assertActive();
    if (this.#index.deleted || this.#store.deleted) {
      throw exception('InvalidStateError', 'The index was deleted');
    }
    const before = this.#index.name;
    if (name === before) return;
    if (this.#store.indexes.has(name)) throw exception('ConstraintError', 'The name is taken');
    rename(this.#store.indexes, this.#index, name);
    this.#name = name;
    transaction.onAbort(() => {
      rename(this.#store.indexes, this.#index, before);
      if (!this.#isNew) this.#name = before;
    });
    const { renameIndex } = transaction.engine.storage.writes;
    transaction.placeSchemaChange(() => {
      transaction.write(renameIndex, encodeName(name), this.#index.id);
    });
  }

  get objectStore(): IDBObjectStore {
    return this.#objectStore;
  }

  get keyPath(): KeyPath {
    return this.#keyPath;
  }

  get multiEntry(): boolean {
    return this.#index.multiEntry;
  }

  get unique(): boolean {
    return this.#index.unique;
  }
}
