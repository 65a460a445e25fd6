import type { PathTarget } from '../events/dispatch';
import { fire, isListenedTo } from '../events/dispatch';
import { DatabaseEvent } from '../events/database-event';
import { afterMicrotasks, queueTask } from '../event-loop';
import { IDBRequest, fail, succeed } from '../idb-request';
import type { WritingStatement } from '../sqlite';
import type { Writer } from '../storage/write-coordinator';
import type { Engine } from './engine';
import { exception } from './exceptions';
import { INTERNAL } from './internal';
import type { Schedulable } from './transaction-queue';
import type { StoreSchema, Stores } from './schema';

export type TransactionState = 'active' | 'inactive' | 'committing' | 'finished';

/** What a transaction needs of the connection it was created with. */
export interface TransactionHost {
  readonly stores: Stores;
  readonly engine: Engine;
  /** Called when the transaction is finished, before its last event. */
  forget(transaction: Transaction): void;
}

interface Operation {
  /** Null for what a change of the schema queues: it has no request, and its failure aborts. */
  readonly request: IDBRequest | null;
  readonly run: () => unknown;
  /** Whether it waits for something outside the database, and the later ones with it. */
  isWaiting: boolean;
}

/** Requests nobody listens to are worked off together, at most for this long before others run. */
const SLICE_MS = 8;
const CHECK_CLOCK_EVERY = 32;

/**
 * A transaction: its state, its queue of requests, and when it commits.
 *
 * @see https://w3c.github.io/IndexedDB/#transaction-construct
 */
export class Transaction implements Schedulable {
  state: TransactionState = 'active';
  error: DOMException | null = null;
  isStarted = false;
  /** Grows with every write, so that a cursor knows when what it has read ahead is stale. */
  writes = 0;

  #handle: (IDBTransaction & PathTarget) | null = null;
  #operations: Operation[] = [];
  #nextOperation = 0;
  #isScheduled = false;
  #isDispatching = false;
  #isWritten = false;
  isAborted = false;
  #writer: Writer | null = null;
  readonly #generators = new Map<StoreSchema, number>();
  readonly #endingCallbacks: (() => void)[] = [];
  readonly #finishedCallbacks: (() => void)[] = [];
  readonly #undo: (() => void)[] = [];

  constructor(
    readonly connection: TransactionHost,
    readonly mode: IDBTransactionMode,
    readonly durability: IDBTransactionDurability,
    readonly scope: Set<StoreSchema>,
  ) {}

  get isReadOnly(): boolean {
    return this.mode === 'readonly';
  }

  /** The object that script knows this transaction by. */
  get handle(): IDBTransaction & PathTarget {
    if (!this.#handle) throw new Error('The transaction has no handle yet');
    return this.#handle;
  }

  attach(handle: IDBTransaction & PathTarget): void {
    this.#handle = handle;
  }

  get engine(): Engine {
    return this.connection.engine;
  }

  /** Leaves the state `active` when the script that created the transaction has run. */
  deactivateAfterScript(): void {
    afterMicrotasks(() => {
      if (this.state === 'active' && !this.#isDispatching) this.state = 'inactive';
    });
  }

  start(): void {
    this.isStarted = true;
    // Aborted while it waited; it leaves the queue with its last event.
    if (this.state === 'finished') return;
    if (!this.isReadOnly) this.#writer = this.engine.writes.join(this.durability);
    this.#schedule();
  }

  /** Runs `callback` when the transaction has committed or aborted, just before its event. */
  whenEnding(callback: () => void): void {
    this.#endingCallbacks.push(callback);
  }

  /** Runs `callback` when the transaction has committed or aborted and its event was fired. */
  whenFinished(callback: () => void): void {
    this.#finishedCallbacks.push(callback);
  }

  /** Has an abort call `undo`, which takes back a change of the schema; the last change first. */
  onAbort(undo: () => void): void {
    this.#undo.push(undo);
  }

  /** Fires the event in which an upgrade's script runs; the transaction goes on after it. */
  fireUpgradeNeeded(event: Event, request: IDBRequest): void {
    this.state = 'active';
    this.#isDispatching = true;
    fire(event, request, this.engine.report, (threw) => {
      this.#isDispatching = false;
      if (this.state === 'active') {
        this.state = 'inactive';
        if (threw) this.abort(exception('AbortError', 'A listener of the event threw'));
      }
      if (this.state !== 'finished') this.#schedule();
    });
  }

  assertActive(): void {
    if (this.state !== 'active') throw exception('TransactionInactiveError');
  }

  assertWritable(): void {
    if (this.isReadOnly) throw exception('ReadOnlyError');
  }

  /** Queues an operation whose outcome `request` will carry; a new request unless one is given. */
  place(
    source: IDBObjectStore | IDBIndex | IDBCursor,
    run: () => unknown,
    request: IDBRequest = new IDBRequest(INTERNAL, source, this.handle),
  ): IDBRequest {
    // A getter inside a key may have aborted the transaction.
    this.assertActive();
    this.#operations.push({ request, run, isWaiting: false });
    this.#schedule();
    return request;
  }

  /** Like {@link place}; the operation runs when `settled`, if given, has resolved. */
  placeAfter(
    settled: Promise<void> | undefined,
    source: IDBObjectStore | IDBIndex | IDBCursor,
    run: () => unknown,
  ): IDBRequest {
    const request = this.place(source, run);
    const operation = this.#operations.at(-1);
    if (settled && operation) {
      operation.isWaiting = true;
      void settled.then(() => {
        operation.isWaiting = false;
        this.#schedule();
      });
    }
    return request;
  }

  /** Queues a change of the schema's data, which has no request. */
  placeSchemaChange(run: () => void): void {
    this.#operations.push({ request: null, run, isWaiting: false });
    this.#schedule();
  }

  /** Runs a writing statement as part of this transaction. */
  write(statement: WritingStatement, ...parameters: unknown[]): number {
    return this.engine.writes.write(this.beginWrite(), statement, parameters).changes;
  }

  /** Counts a write that is about to be made through the writer this gives. */
  beginWrite(): Writer {
    if (!this.#writer) throw exception('ReadOnlyError');
    this.writes += 1;
    return this.#writer;
  }

  /** Makes an index ready to be read; false where its unsorted entries must be read as well. */
  prepareIndexes(): boolean {
    return this.engine.entries.prepareToRead(this.#writer);
  }

  /** Sets a key generator's number; it is written down at the commit, or put back by an abort. */
  setCurrentNumber(store: StoreSchema, number: number): void {
    if (!this.#generators.has(store)) this.#generators.set(store, store.currentNumber);
    store.currentNumber = number;
  }

  /**
   * Makes the transaction inactive while `clone` runs, so that a getter in what is cloned cannot
   * use it.
   *
   * @see https://w3c.github.io/IndexedDB/#clone-a-value
   */
  whileInactive<T>(clone: () => T): T {
    this.state = 'inactive';
    try {
      return clone();
    } finally {
      // A getter may have aborted the transaction.
      this.#reactivate();
    }
  }

  #reactivate(): void {
    if (this.state === 'inactive') this.state = 'active';
  }

  /** @see https://w3c.github.io/IndexedDB/#commit-a-transaction */
  commit(): void {
    this.state = 'committing';
    this.#schedule();
  }

  /** @see https://w3c.github.io/IndexedDB/#abort-a-transaction */
  abort(error: DOMException | null): void {
    if (this.state === 'finished' || this.#isWritten) return;
    if (this.#writer) this.engine.writes.rollback(this.#writer);
    for (const [store, number] of this.#generators) store.currentNumber = number;
    for (const undo of this.#undo.toReversed()) undo();
    this.state = 'finished';
    this.isAborted = true;
    if (error) this.error = error;
    const pending = this.#operations.slice(this.#nextOperation);
    this.#operations = [];
    this.#nextOperation = 0;
    for (const { request } of pending) {
      if (request) queueTask(() => this.#failAborted(request));
    }
    queueTask(() => this.#finish('abort'));
  }

  #failAborted(request: IDBRequest): void {
    fail(request, exception('AbortError'));
    const event = new DatabaseEvent('error', { bubbles: true, cancelable: true });
    fire(event, request, this.engine.report, () => undefined);
  }

  #schedule(): void {
    if (this.#isScheduled || this.#isDispatching || !this.isStarted) return;
    this.#isScheduled = true;
    queueTask(() => {
      this.#isScheduled = false;
      this.#work();
    });
  }

  /** Works off requests until one has listeners to tell, then goes on in a task of its own. */
  #work(): void {
    const begun = performance.now();
    for (let count = 1; this.state !== 'finished' && !this.#isDispatching; count += 1) {
      if (this.#writer?.failure) {
        this.abort(this.engine.storageException(this.#writer.failure));
        return;
      }
      const operation = this.#operations[this.#nextOperation];
      if (!operation) {
        this.#commitIfIdle();
        return;
      }
      if (operation.isWaiting) return;
      this.#perform(operation);
      if (count % CHECK_CLOCK_EVERY === 0 && performance.now() - begun > SLICE_MS) {
        this.#schedule();
        return;
      }
    }
  }

  #commitIfIdle(): void {
    this.#operations = [];
    this.#nextOperation = 0;
    if (this.state === 'inactive') this.state = 'committing';
    if (this.state === 'committing') this.#writeDown();
  }

  /** @see https://w3c.github.io/IndexedDB/#asynchronously-execute-a-request */
  #perform({ request, run }: Operation): void {
    let result: unknown;
    let error: DOMException | null = null;
    try {
      result = run();
    } catch (thrown) {
      error = this.engine.storageException(thrown);
    }
    if (error && (this.state === 'committing' || !request)) {
      this.abort(error);
      return;
    }
    this.#nextOperation += 1;
    if (!request) return;
    if (error) {
      fail(request, error);
      this.#fireAt(request, new DatabaseEvent('error', { bubbles: true, cancelable: true }), error);
      return;
    }
    succeed(request, result);
    if (isListenedTo(request, 'success')) {
      this.#fireAt(request, new DatabaseEvent('success'), null);
    }
  }

  /** @see https://w3c.github.io/IndexedDB/#fire-a-success-event */
  #fireAt(request: IDBRequest, event: DatabaseEvent, error: DOMException | null): void {
    this.#isDispatching = true;
    this.#reactivate();
    fire(event, request, this.engine.report, (threw) => {
      this.#isDispatching = false;
      if (this.state === 'active') {
        this.state = 'inactive';
        if (threw) {
          this.abort(exception('AbortError', 'A listener of the event threw'));
        } else if (error && !event.defaultPrevented) {
          this.abort(error);
        }
      }
      this.#goOn();
    });
  }

  /** After an event: what has nothing left to do need not wait for a further turn to commit. */
  #goOn(): void {
    if (this.state === 'finished') return;
    if (this.#nextOperation < this.#operations.length || this.#writer?.failure) this.#schedule();
    else this.#commitIfIdle();
  }

  #writeDown(): void {
    if (this.#isWritten) return;
    if (this.#writer) {
      try {
        for (const store of this.#generators.keys()) {
          if (store.deleted) continue;
          this.write(this.engine.storage.writes.setCurrentNumber, store.currentNumber, store.id);
        }
        if (this.engine.holdsBack(this)) this.engine.writes.holdBack(this.#writer, this.scope);
        else this.engine.writes.commit(this.#writer, this.#committedScope);
      } catch (error) {
        this.abort(this.engine.storageException(error));
        return;
      }
    }
    this.#isWritten = true;
    queueTask(() => this.#finish('complete'));
  }

  /** What it may have written to; an upgrade to anything. */
  get #committedScope(): ReadonlySet<StoreSchema> | undefined {
    return this.mode === 'versionchange' ? undefined : this.scope;
  }

  #finish(type: 'complete' | 'abort'): void {
    this.state = 'finished';
    this.connection.forget(this);
    for (const callback of this.#endingCallbacks) callback();
    const finished = (): void => {
      for (const callback of this.#finishedCallbacks) callback();
    };
    // The crypto library ends each of its reads by an abort that it does not listen to.
    if (!isListenedTo(this.handle, type)) finished();
    else {
      const event = new DatabaseEvent(type, { bubbles: type === 'abort' });
      fire(event, this.handle, this.engine.report, finished);
    }
  }
}
