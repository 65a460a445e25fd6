import { DatabaseEvent } from './events/database-event';
import { toDictionary, toWrappedUnsignedLongLong } from './web-idl';

/** @see https://w3c.github.io/IndexedDB/#events */
export class IDBVersionChangeEvent extends DatabaseEvent {
  readonly #oldVersion: number;
  readonly #newVersion: number | null;

  constructor(type: string, init?: IDBVersionChangeEventInit) {
    super(type, init);
    const { newVersion = null, oldVersion = 0 } = toDictionary(init);
    this.#newVersion = newVersion === null ? null : toWrappedUnsignedLongLong(newVersion);
    this.#oldVersion = toWrappedUnsignedLongLong(oldVersion);
  }

  get oldVersion(): number {
    return this.#oldVersion;
  }

  get newVersion(): number | null {
    return this.#newVersion;
  }
}
