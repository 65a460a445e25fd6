import type { StoreSchema } from './schema';

/** What scheduling needs to know of a transaction. */
export interface Schedulable {
  readonly isReadOnly: boolean;
  readonly scope: ReadonlySet<StoreSchema>;
  readonly isStarted: boolean;
  start(): void;
}

/**
 * The unfinished transactions of one database in order of creation. Starts each as soon as the
 * scopes of the earlier ones allow.
 *
 * @see https://w3c.github.io/IndexedDB/#transaction-scheduling
 */
export class TransactionQueue {
  readonly #transactions = new Set<Schedulable>();
  readonly #admitsWriter: () => boolean;

  /** `admitsWriter` tells whether storage can take a further read/write transaction now. */
  constructor(admitsWriter: () => boolean) {
    this.#admitsWriter = admitsWriter;
  }

  add(transaction: Schedulable): void {
    this.#transactions.add(transaction);
    if (this.#transactions.size > 1) this.startReady();
    else if (transaction.isReadOnly || this.#admitsWriter()) transaction.start();
  }

  remove(transaction: Schedulable): void {
    this.#transactions.delete(transaction);
  }

  /** Starts every transaction that may run now. */
  startReady(): void {
    if (this.#transactions.size === 0) return;
    const read = new Set<StoreSchema>();
    const written = new Set<StoreSchema>();
    for (const transaction of this.#transactions) {
      const { scope, isReadOnly } = transaction;
      if (!transaction.isStarted && this.#isFree(scope, isReadOnly, read, written)) {
        transaction.start();
      }
      const claimed = isReadOnly ? read : written;
      for (const store of scope) claimed.add(store);
    }
  }

  #isFree(
    scope: ReadonlySet<StoreSchema>,
    isReadOnly: boolean,
    read: ReadonlySet<StoreSchema>,
    written: ReadonlySet<StoreSchema>,
  ): boolean {
    for (const store of scope) {
      if (written.has(store) || (!isReadOnly && read.has(store))) return false;
    }
    return isReadOnly || this.#admitsWriter();
  }
}
