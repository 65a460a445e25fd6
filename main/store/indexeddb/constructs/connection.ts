import { DatabaseEvent } from '../events/database-event';
import { fire, type PathTarget } from '../events/dispatch';
import type { Engine } from './engine';
import { exception } from './exceptions';
import type { OpenConnection, OpenDatabase } from './open-database';
import type { Stores } from './schema';
import type { Transaction, TransactionHost } from './transaction';

/** @see https://w3c.github.io/IndexedDB/#connection-construct */
export class Connection implements OpenConnection, TransactionHost {
  version: number;
  /** The object stores this connection sees; an older, closing connection keeps its own set. */
  stores: Stores;
  upgradeTransaction: Transaction | null = null;
  isClosePending = false;
  isClosed = false;
  readonly #transactions = new Set<Transaction>();
  #handle: PathTarget | null = null;
  #isForced = false;

  constructor(
    readonly database: OpenDatabase,
    version: number,
  ) {
    this.version = version;
    this.stores = database.stores;
    database.connections.add(this);
  }

  get engine(): Engine {
    return this.database.engine;
  }

  get handle(): PathTarget {
    if (!this.#handle) throw new Error('The connection has no handle yet');
    return this.#handle;
  }

  attach(handle: PathTarget): void {
    this.#handle = handle;
  }

  /** Enters a transaction; it starts when the scopes of earlier ones allow. */
  enter(transaction: Transaction): void {
    this.#transactions.add(transaction);
    this.database.queue.add(transaction);
  }

  forget(transaction: Transaction): void {
    this.#transactions.delete(transaction);
    this.database.queue.remove(transaction);
    if (this.upgradeTransaction === transaction) this.upgradeTransaction = null;
    this.engine.startReady();
    if (this.isClosePending) this.#closeWhenIdle();
  }

  /**
   * Closes the connection once its transactions have finished; forced, they are aborted, and a
   * `close` event is fired.
   *
   * @see https://w3c.github.io/IndexedDB/#close-a-database-connection
   */
  close(forced = false): void {
    if (this.isClosed || (this.isClosePending && !forced)) return;
    this.isClosePending = true;
    this.#isForced = forced;
    if (forced) {
      for (const transaction of this.#transactions) transaction.abort(exception('AbortError'));
    }
    this.#closeWhenIdle();
  }

  #closeWhenIdle(): void {
    if (this.isClosed || this.#transactions.size > 0) return;
    this.isClosed = true;
    this.database.removeConnection(this);
    if (this.#isForced) {
      fire(new DatabaseEvent('close'), this.handle, this.engine.report, () => undefined);
    }
  }
}
