/** The same script on the store: requests with listeners, asked for one by one or all at once. */
import { IDBKeyRange } from '../../../../main/store/indexeddb';
import { pick, type Operation, type Range, type Script } from './programs';
import { updated, type Outcome } from './run-on-model';

export interface StoreRun {
  /** In the order in which the operations were asked for. */
  outcomes: Outcome[];
  fate: 'complete' | 'abort' | 'running';
  /** The name of the transaction's error. */
  error: string | undefined;
}

/** What the listeners of scripts throw. */
export class Thrown extends Error {}

const Ranges = IDBKeyRange as unknown as typeof globalThis.IDBKeyRange;

/**
 * Runs a script's operations in a transaction; resolves with its last event. `tick` is called at
 * every event.
 */
export async function runOnStore(
  db: IDBDatabase,
  transaction: IDBTransaction,
  script: Script,
  run: StoreRun,
  tick: () => void,
): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    const settle = (fate: StoreRun['fate']) => (): void => {
      run.fate = fate;
      run.error = transaction.error?.name;
      tick();
      resolve();
    };
    transaction.addEventListener('complete', settle('complete'));
    transaction.addEventListener('abort', settle('abort'));
  });
  const outcomes: Promise<Outcome>[] = [];
  for (const operation of script.operations) {
    // A change of the schema is made at once, what was asked for before it may still be waiting.
    if (/Store|Index/u.test(operation.do)) await Promise.all(outcomes);
    const outcome = perform(db, transaction, operation, tick);
    outcomes.push(outcome);
    if (operation.awaited) await Promise.all(outcomes);
  }
  try {
    if (script.ending === 'abort') transaction.abort();
    if (script.ending === 'commit') transaction.commit();
  } catch {
    // It has ended by itself: an operation aborted it.
  }
  run.outcomes = await Promise.all(outcomes);
  await ended;
}

function perform(
  db: IDBDatabase,
  transaction: IDBTransaction,
  op: Operation,
  tick: () => void,
): Promise<Outcome> {
  try {
    const done = ask(db, transaction, op, tick);
    return Promise.resolve(done instanceof Promise ? done : { ok: done });
  } catch (error) {
    return Promise.resolve({ error: nameOf(error) });
  }
}

function nameOf(error: unknown): string {
  if (error instanceof DOMException) return error.name;
  throw error;
}

function ask(
  db: IDBDatabase,
  transaction: IDBTransaction,
  op: Operation,
  tick: () => void,
): Promise<Outcome> | string {
  if (op.do === 'createStore') {
    db.createObjectStore(op.name, { keyPath: op.keyPath, autoIncrement: op.autoIncrement });
    return 'done';
  }
  const storeName = pick([...transaction.objectStoreNames], op.store);
  if (storeName === undefined) return 'no store';
  const store = transaction.objectStore(storeName);
  const outcome = <T>(request: IDBRequest<T>, show?: (result: T) => unknown) =>
    outcomeOf(request, op.listener, tick, show);
  switch (op.do) {
    case 'put':
    case 'add':
      return outcome(store[op.do](op.value, op.key as IDBValidKey | undefined));
    case 'delete':
      return outcome(store.delete(toRange(op.range)!));
    case 'clear':
      return op.rarely > 0 ? 'not now' : outcome(store.clear());
    case 'get':
    case 'getKey':
    case 'count':
      return outcome(sourceOf(store, op.source)[op.do](toRange(op.range)!) as IDBRequest<unknown>);
    case 'getAll':
    case 'getAllKeys':
    case 'getAllRecords': {
      const query = toRange(op.range);
      const { count, direction } = op;
      const source = sourceOf(store, op.source) as unknown as Queried;
      if (op.do !== 'getAllRecords') {
        // Both forms of the arguments.
        const isPlain = direction === 'next';
        return outcome(
          isPlain ? source[op.do](query, count) : source[op.do]({ query, count, direction }),
        );
      }
      return outcome(source.getAllRecords({ query, count, direction }), (records) =>
        (records as Record<string, unknown>[]).map(({ key, primaryKey, value }) => ({
          key,
          primaryKey,
          value,
        })),
      );
    }
    case 'cursor':
      return walk(store, op, tick);
    case 'deleteStore':
      if (op.rarely > 0) return 'not now';
      db.deleteObjectStore(store.name);
      return 'done';
    case 'renameStore':
      store.name = op.name;
      return 'done';
    case 'createIndex': {
      const { unique, multiEntry } = op;
      store.createIndex(op.name, op.keyPath, { unique, multiEntry });
      return 'done';
    }
    case 'deleteIndex':
    case 'renameIndex': {
      const index = pick([...store.indexNames], op.index);
      if (index === undefined) return 'no index';
      if (op.do === 'deleteIndex') store.deleteIndex(index);
      else store.index(index).name = op.name;
      return 'done';
    }
  }
}

type Queried = Record<
  'getAll' | 'getAllKeys' | 'getAllRecords',
  (query?: unknown, count?: number) => IDBRequest<unknown>
>;

function outcomeOf<T>(
  request: IDBRequest<T>,
  listener: string,
  tick: () => void,
  show: (result: T) => unknown = (shown) => shown,
): Promise<Outcome> {
  return new Promise((resolve) => {
    request.onsuccess = () => {
      resolve({ ok: show(request.result) });
      tick();
      if (listener === 'throws') throw new Thrown();
    };
    request.onerror = (event) => {
      if (listener === '') event.preventDefault();
      resolve({ error: request.error!.name });
      tick();
      if (listener === 'throws') throw new Thrown();
    };
  });
}

function toRange(range: Range): IDBKeyRange | undefined {
  switch (range.kind) {
    case 'all':
      return undefined;
    case 'only':
      return Ranges.only(range.key);
    case 'lower':
      return Ranges.lowerBound(range.key, range.open);
    case 'upper':
      return Ranges.upperBound(range.key, range.open);
    case 'bound':
      return Ranges.bound(range.key, range.upper, range.open, range.upperOpen);
  }
}

function sourceOf(store: IDBObjectStore, number: number): IDBObjectStore | IDBIndex {
  const name = pick([null, ...store.indexNames], number) ?? null;
  return name === null ? store : store.index(name);
}

/** What only an aborted transaction's operations give. */
export const OF_ABORT = ['AbortError', 'QuotaExceededError', 'TransactionInactiveError'];

function isError(one: unknown): one is { error: string } {
  return typeof one === 'object' && one !== null && 'error' in one;
}

type CursorOperation = Extract<Operation, { do: 'cursor' }>;

function walk(store: IDBObjectStore, op: CursorOperation, tick: () => void): Promise<Outcome> {
  const source = sourceOf(store, op.source);
  const open = op.keysOnly ? 'openKeyCursor' : 'openCursor';
  const request = source[open](toRange(op.range), op.direction) as IDBRequest<
    (IDBCursor & { value?: object }) | null
  >;
  const seen: unknown[] = [];
  const steps = [...op.steps];
  return new Promise((resolve) => {
    const finish = (): void =>
      void Promise.all(seen).then((all) => {
        const aborted = all.some((one) => isError(one) && OF_ABORT.includes(one.error));
        resolve(aborted ? { error: 'AbortError' } : { ok: all });
      });
    request.onerror = (event) => {
      event.preventDefault();
      tick();
      resolve({ error: request.error!.name });
    };
    request.onsuccess = () => {
      tick();
      const cursor = request.result;
      if (!cursor) {
        finish();
        return;
      }
      const { key, primaryKey } = cursor;
      seen.push(op.keysOnly ? [key, primaryKey] : [key, primaryKey, cursor.value]);
      for (let step = steps.shift(); step; step = steps.shift()) {
        try {
          if (take(step, cursor, seen, tick)) return;
        } catch (error) {
          seen.push({ error: nameOf(error) });
        }
      }
      finish();
    };
  });
}

/** Takes a step; true when the cursor is on its way to another record. */
function take(
  step: CursorOperation['steps'][number],
  cursor: IDBCursor & { value?: object },
  seen: unknown[],
  tick: () => void,
): boolean {
  switch (step.step) {
    case 'continue':
      cursor.continue();
      return true;
    case 'advance':
      cursor.advance(step.by);
      return true;
    case 'to':
      cursor.continue(step.key);
      return true;
    case 'toPrimary':
      cursor.continuePrimaryKey(step.key, step.primaryKey);
      return true;
    case 'update':
      seen.push(outcomeOf(cursor.update(updated(cursor.value ?? {}, step)), '', tick));
      return false;
    case 'delete':
      seen.push(outcomeOf(cursor.delete(), '', tick));
      return false;
  }
}
