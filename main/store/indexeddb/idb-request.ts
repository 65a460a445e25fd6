import { DatabaseEventTarget, type EventHandler } from './events/event-target';
import { PATH_PARENT, type PathTarget } from './events/dispatch';
import { ILLEGAL_CONSTRUCTOR, INTERNAL } from './constructs/internal';

type Source = IDBObjectStore | IDBIndex | IDBCursor;

let stateOf: (request: IDBRequest) => RequestState;

/** A result that is made when somebody asks for it, which nobody may. */
export class LateResult {
  constructor(readonly make: () => unknown) {}
}

interface RequestState {
  done: boolean;
  result: unknown;
  error: DOMException | null;
  transaction: (IDBTransaction & PathTarget) | null;
}

/** @see https://w3c.github.io/IndexedDB/#request-api */
export class IDBRequest<T = unknown> extends DatabaseEventTarget {
  readonly #state: RequestState = {
    done: false,
    result: undefined,
    error: null,
    transaction: null,
  };
  readonly #source: Source | null;

  static {
    stateOf = (request) => request.#state;
  }

  constructor(
    token: typeof INTERNAL,
    source: Source | null,
    transaction: (IDBTransaction & PathTarget) | null,
  ) {
    if (token !== INTERNAL) throw new TypeError(ILLEGAL_CONSTRUCTOR);
    super();
    this.#source = source;
    this.#state.transaction = transaction;
  }

  get result(): T {
    this.#assertDone();
    const state = this.#state;
    // A key that is an array is the same one each time.
    if (state.result instanceof LateResult) state.result = state.result.make();
    return state.result as T;
  }

  get error(): DOMException | null {
    this.#assertDone();
    return this.#state.error;
  }

  get source(): Source | null {
    return this.#source;
  }

  get transaction(): IDBTransaction | null {
    return this.#state.transaction;
  }

  get readyState(): IDBRequestReadyState {
    return this.#state.done ? 'done' : 'pending';
  }

  get onsuccess(): EventHandler {
    return this.getHandler('success');
  }

  set onsuccess(handler: EventHandler) {
    this.setHandler('success', handler);
  }

  get onerror(): EventHandler {
    return this.getHandler('error');
  }

  set onerror(handler: EventHandler) {
    this.setHandler('error', handler);
  }

  override get [PATH_PARENT](): PathTarget | null {
    return this.#state.transaction;
  }

  #assertDone(): void {
    if (this.#state.done) return;
    throw new DOMException('The request has not finished', 'InvalidStateError');
  }
}

/** Marks a request as done, with its result. */
export function succeed(request: IDBRequest, result: unknown): void {
  settle(request, true, result, null);
}

/** Marks a request as done, with its error. */
export function fail(request: IDBRequest, error: DOMException): void {
  settle(request, true, undefined, error);
}

/** Makes a request pending again: a cursor's for its next record, an open request after its upgrade. */
export function makePending(request: IDBRequest): void {
  settle(request, false, undefined, null);
}

function settle(
  request: IDBRequest,
  done: boolean,
  result: unknown,
  error: DOMException | null,
): void {
  const state = stateOf(request);
  state.done = done;
  state.result = result;
  state.error = error;
}

/** Sets an open request's transaction while its upgrade runs. */
export function setTransaction(
  request: IDBRequest,
  transaction: (IDBTransaction & PathTarget) | null,
): void {
  stateOf(request).transaction = transaction;
}
