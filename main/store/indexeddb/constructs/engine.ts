import type { Database } from '../sqlite';
import { IndexEntries } from '../storage/index-entries';
import { Storage } from '../storage/storage';
import { WriteCoordinator } from '../storage/write-coordinator';
import { HoldBack } from './hold-back';
import type { StoreSchema } from './schema';
import { toStorageException } from './storage-error';
import { TransactionQueue } from './transaction-queue';

/** What all databases of one SQLite file share. */
export class Engine {
  readonly storage: Storage;
  readonly writes: WriteCoordinator;
  readonly entries: IndexEntries;
  #holdBack: HoldBack | null = null;
  readonly #queues = new Set<TransactionQueue>();

  constructor(
    database: Database,
    /** Told of exceptions that listeners throw. */
    readonly report: (error: unknown) => void,
    /** Told of what SQLite threw. */
    readonly onStorageError: (error: unknown) => void = () => undefined,
  ) {
    this.storage = new Storage(database);
    this.writes = new WriteCoordinator(database);
    this.entries = new IndexEntries(database, this.writes);
  }

  /** Names the DOMException for what was thrown, and tells of it where SQLite threw it. */
  storageException(error: unknown): DOMException {
    if (!(error instanceof DOMException)) this.onStorageError(error);
    return toStorageException(error);
  }

  /** Ends what an earlier call began: what that held back and nobody kept is undone. */
  beginHoldBack(stores: ReadonlySet<string>): HoldBack {
    this.#holdBack?.drop();
    const holdBack = new HoldBack(this.writes, stores, (error) => this.storageException(error));
    this.#holdBack = holdBack;
    return holdBack;
  }

  /** Whether a transaction that has come to its end is not to be made permanent yet. */
  holdsBack(transaction: { mode: IDBTransactionMode; scope: ReadonlySet<StoreSchema> }): boolean {
    return this.#holdBack?.covers(transaction) ?? false;
  }

  newQueue(): TransactionQueue {
    const queue = new TransactionQueue(() => this.writes.admits);
    this.#queues.add(queue);
    return queue;
  }

  dropQueue(queue: TransactionQueue): void {
    this.#queues.delete(queue);
  }

  /** Starts what may start now, in every database: one waiting for storage may be in any of them. */
  startReady(): void {
    for (const queue of this.#queues) queue.startReady();
  }

  /** Resolves when storage admits a writer. */
  async whenWriterAdmitted(): Promise<void> {
    const queue = this.newQueue();
    await new Promise<void>((resolve) => {
      queue.add({ isReadOnly: false, isStarted: false, scope: new Set(), start: resolve });
    });
    this.dropQueue(queue);
  }
}
