import { DatabaseEvent } from './events/database-event';
import { toNumber } from './web-idl';

/** @see https://w3c.github.io/IndexedDB/#events */
export class IDBVersionChangeEvent extends DatabaseEvent {
  readonly #oldVersion: number;
  readonly #newVersion: number | null;

  constructor(type: string, init: IDBVersionChangeEventInit = {}) {
    super(type, init);
    this.#oldVersion = toNumber(init.oldVersion ?? 0);
    this.#newVersion =
      init.newVersion === undefined || init.newVersion === null ? null : toNumber(init.newVersion);
  }

  get oldVersion(): number {
    return this.#oldVersion;
  }

  get newVersion(): number | null {
    return this.#newVersion;
  }

  get [Symbol.toStringTag](): string {
    return 'IDBVersionChangeEvent';
  }
}
