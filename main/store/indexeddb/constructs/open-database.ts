import type { PathTarget } from '../events/dispatch';
import type { Engine } from './engine';
import type { Stores } from './schema';
import type { TransactionQueue } from './transaction-queue';

/** What a database knows of its connections. */
export interface OpenConnection {
  readonly handle: PathTarget;
  readonly isClosePending: boolean;
  close(forced: boolean): void;
}

/** A database as this process holds it. */
export class OpenDatabase {
  version: number;
  stores: Stores;
  readonly connections = new Set<OpenConnection>();
  readonly queue: TransactionQueue;
  #closedCallbacks: (() => void)[] = [];

  constructor(
    readonly engine: Engine,
    readonly id: number,
    readonly name: string,
    existing: { version: number; stores: Stores },
  ) {
    this.version = existing.version;
    this.stores = existing.stores;
    this.queue = engine.newQueue();
  }

  removeConnection(connection: OpenConnection): void {
    this.connections.delete(connection);
    const callbacks = this.#closedCallbacks;
    this.#closedCallbacks = [];
    for (const callback of callbacks) callback();
  }

  /** Resolves when no connection but `except` is open. */
  async whenClosed(except: OpenConnection | null): Promise<void> {
    while (this.isOpen(except)) {
      await new Promise<void>((resolve) => this.#closedCallbacks.push(resolve));
    }
  }

  /** Whether any connection but `except` is open. */
  isOpen(except: OpenConnection | null): boolean {
    for (const connection of this.connections) if (connection !== except) return true;
    return false;
  }
}
