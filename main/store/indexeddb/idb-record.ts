import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';

/** @see https://w3c.github.io/IndexedDB/#idbrecord */
export class IDBRecord {
  readonly #key: IDBValidKey;
  readonly #primaryKey: IDBValidKey;
  readonly #value: unknown;

  constructor(token: typeof INTERNAL, key: IDBValidKey, primaryKey: IDBValidKey, value: unknown) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    this.#key = key;
    this.#primaryKey = primaryKey;
    this.#value = value;
  }

  get key(): IDBValidKey {
    return this.#key;
  }

  get primaryKey(): IDBValidKey {
    return this.#primaryKey;
  }

  get value(): unknown {
    return this.#value;
  }
}
