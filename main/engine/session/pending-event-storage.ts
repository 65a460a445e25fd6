/**
 * Where matrix-js-sdk keeps messages that are not sent yet, so that they outlive the app: the
 * encrypted records of crypto.db, behind the interface of a browser's localStorage.
 */
import type { KeyValueTable } from '../../store/profile-store';

export class PendingEventStorage implements Storage {
  [name: string]: unknown;
  readonly #records: KeyValueTable;
  readonly #prefix: string;
  readonly #stopped: AbortSignal;

  /**
   * @param owner whose messages these are: an account on a device
   * @param stopped from then on nothing is written: the database may be closed. A message that was
   *   sent in that moment is offered again, and the server knows its transaction id.
   */
  constructor(records: KeyValueTable, owner: string, stopped: AbortSignal) {
    this.#records = records;
    this.#stopped = stopped;
    this.#prefix = `pending-events/${owner}/`;
  }

  getItem(key: string): string | null {
    const value = this.#records.get(this.#prefix + key);
    return typeof value === 'string' ? value : null;
  }

  setItem(key: string, value: string): void {
    if (!this.#stopped.aborted) this.#records.set(this.#prefix + key, value);
  }

  removeItem(key: string): void {
    if (!this.#stopped.aborted) this.#records.delete(this.#prefix + key);
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
