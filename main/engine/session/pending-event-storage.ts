/**
 * Where matrix-js-sdk keeps messages that are not sent yet, so that they outlive the app: the
 * encrypted records of crypto.db, behind the interface of a browser's localStorage.
 */
import type { KeyValueTable } from '../../store/profile-store';

export class PendingEventStorage implements Storage {
  [name: string]: unknown;
  readonly #records: KeyValueTable;
  readonly #prefix: string;

  /** @param owner whose messages these are: an account on a device */
  constructor(records: KeyValueTable, owner: string) {
    this.#records = records;
    this.#prefix = `pending-events/${owner}/`;
  }

  getItem(key: string): string | null {
    const value = this.#records.get(this.#prefix + key);
    return typeof value === 'string' ? value : null;
  }

  setItem(key: string, value: string): void {
    this.#records.set(this.#prefix + key, value);
  }

  removeItem(key: string): void {
    this.#records.delete(this.#prefix + key);
  }

  get length(): number {
    return this.#unsupported();
  }

  key(): never {
    return this.#unsupported();
  }

  clear(): never {
    return this.#unsupported();
  }

  #unsupported(): never {
    throw new Error('The SDK only gets, sets and removes single items');
  }
}
