/** A transaction's script, run on the model: what each operation gives, and what is left. */
import {
  Failure,
  checkArguments,
  compareKeys,
  deleteRange,
  hasDuplicates,
  listed,
  only,
  storeRecord,
  toKey,
  type Entry,
  type ModelIndex,
  type ModelRange,
  type ModelState,
  type ModelStore,
} from './model';
import { pick, scopeOf, type Operation, type Range, type Script, type Step } from './programs';

export type Outcome = { readonly ok: unknown } | { readonly error: string };

export interface ModelRun {
  readonly fate: 'complete' | 'abort';
  /** Those up to the one that aborts. */
  readonly outcomes: readonly Outcome[];
  /** What is there afterwards. */
  readonly state: ModelState;
}

type CursorOperation = Extract<Operation, { do: 'cursor' }>;

export function runOnModel(before: ModelState, script: Script): ModelRun {
  const { mode, ending, operations } = script;
  const names = before.stores.map((store) => store.name).sort();
  const scope = new Set(mode === 'versionchange' ? names : scopeOf(names, script.scope));
  let state: ModelState =
    mode === 'versionchange' ? { ...before, version: before.version + 1 } : before;
  const outcomes: Outcome[] = [];
  const lastAwaited = operations.findLastIndex((operation) => operation.awaited);
  for (const [n, operation] of operations.entries()) {
    const transaction = new ModelTransaction(state, mode, scope);
    const request = { isMade: false };
    let failed = false;
    try {
      outcomes.push({ ok: transaction.perform(operation, () => (request.isMade = true)) });
    } catch (error) {
      if (!(error instanceof Failure)) throw error;
      outcomes.push({ error: error.name });
      failed = true;
    }
    state = transaction.state;
    const isCommitting = ending === 'commit' && n > lastAwaited;
    const { listener } = operation;
    const aborts =
      (request.isMade && failed && (isCommitting || listener !== '')) ||
      (request.isMade && !isCommitting && listener === 'throws') ||
      transaction.isAborted;
    if (aborts) return { fate: 'abort', outcomes, state: before };
  }
  if (ending === 'abort') return { fate: 'abort', outcomes, state: before };
  return { fate: 'complete', outcomes, state };
}

/** What a range's description means, or a failure where its bounds are crossed. */
export function rangeOf(range: Range): ModelRange {
  const open = { lowerOpen: false, upperOpen: false };
  switch (range.kind) {
    case 'all':
      return open;
    case 'only':
      return only(keyOf(range.key));
    case 'lower':
      return { ...open, lower: keyOf(range.key), lowerOpen: range.open };
    case 'upper':
      return { ...open, upper: keyOf(range.key), upperOpen: range.open };
    case 'bound': {
      const [lower, upper] = [keyOf(range.key), keyOf(range.upper)];
      const order = compareKeys(lower, upper);
      if (order > 0 || (order === 0 && (range.open || range.upperOpen))) {
        throw new Failure('DataError');
      }
      return { lower, upper, lowerOpen: range.open, upperOpen: range.upperOpen };
    }
  }
}

function keyOf(value: IDBValidKey): IDBValidKey {
  const key = toKey(value);
  if (key === undefined) throw new Failure('DataError');
  return key;
}

class ModelTransaction {
  isAborted = false;

  constructor(
    public state: ModelState,
    readonly mode: IDBTransactionMode,
    readonly scope: Set<string>,
  ) {}

  /** Does it and gives its result; `requested` is called where what fails then is the request. */
  perform(op: Operation, requested: () => void): unknown {
    if (op.do === 'createStore') return this.#createStore(op);
    const store = this.#pickStore(op.store);
    if (!store) return 'no store';
    switch (op.do) {
      case 'put':
      case 'add': {
        this.#assertWritable();
        checkArguments(store, op.value, op.key);
        requested();
        const stored = storeRecord(store, op.value, op.key, op.do === 'add');
        this.#replace(store, stored.store);
        return stored.key;
      }
      case 'delete': {
        const range = rangeOf(op.range);
        this.#assertWritable();
        if (op.range.kind === 'all') throw new Failure('DataError');
        requested();
        this.#replace(store, deleteRange(store, range));
        return undefined;
      }
      case 'clear':
        if (op.rarely > 0) return 'not now';
        this.#assertWritable();
        requested();
        this.#replace(store, { ...store, records: [] });
        return undefined;
      case 'get':
      case 'getKey':
      case 'count': {
        const range = rangeOf(op.range);
        if (op.do !== 'count' && op.range.kind === 'all') throw new Failure('DataError');
        requested();
        const found = listed(store, pickSource(store, op.source), range, 'next');
        if (op.do === 'count') return found.length;
        return op.do === 'get' ? found[0]?.value : found[0]?.primaryKey;
      }
      case 'getAll':
      case 'getAllKeys':
      case 'getAllRecords': {
        const range = rangeOf(op.range);
        requested();
        const all = listed(store, pickSource(store, op.source), range, op.direction);
        const found = op.count === 0 ? all : all.slice(0, op.count);
        if (op.do === 'getAllRecords') return found;
        return found.map((entry) => (op.do === 'getAll' ? entry.value : entry.primaryKey));
      }
      case 'cursor':
        return this.#walk(store.name, op, rangeOf(op.range));
      default:
        return this.#changeSchema(store, op);
    }
  }

  #createStore(op: Extract<Operation, { do: 'createStore' }>): string {
    const { name, keyPath, autoIncrement } = op;
    if (this.scope.has(name)) throw new Failure('ConstraintError');
    this.scope.add(name);
    const store = { name, keyPath, autoIncrement, next: 1, records: [], indexes: [] };
    this.state = { ...this.state, stores: [...this.state.stores, store] };
    return 'done';
  }

  #changeSchema(
    store: ModelStore,
    op: Exclude<Operation, { do: 'createStore' }> & { do: `${string}${'Store' | 'Index'}` },
  ): string {
    const { stores } = this.state;
    const { indexes } = store;
    switch (op.do) {
      case 'deleteStore':
        if (op.rarely > 0) return 'not now';
        this.scope.delete(store.name);
        this.state = { ...this.state, stores: stores.filter((other) => other !== store) };
        return 'done';
      case 'renameStore':
        if (op.name === store.name) return 'done';
        if (this.scope.has(op.name)) throw new Failure('ConstraintError');
        this.scope.delete(store.name);
        this.scope.add(op.name);
        this.#replace(store, { ...store, name: op.name });
        return 'done';
      case 'createIndex': {
        const { name, keyPath, unique, multiEntry } = op;
        const index = { name, keyPath, unique, multiEntry };
        if (indexes.some((other) => other.name === name)) throw new Failure('ConstraintError');
        if (multiEntry && Array.isArray(keyPath)) throw new Failure('InvalidAccessError');
        this.isAborted = unique && hasDuplicates(store, index);
        this.#replace(store, { ...store, indexes: [...indexes, index] });
        return 'done';
      }
      case 'deleteIndex':
      case 'renameIndex': {
        const index = pick(sorted(indexes), op.index);
        if (!index) return 'no index';
        const others = indexes.filter((other) => other !== index);
        if (op.do === 'deleteIndex') {
          this.#replace(store, { ...store, indexes: others });
          return 'done';
        }
        if (others.some((other) => other.name === op.name)) throw new Failure('ConstraintError');
        this.#replace(store, { ...store, indexes: [...others, { ...index, name: op.name }] });
        return 'done';
      }
    }
  }

  #walk(storeName: string, op: CursorOperation, range: ModelRange): unknown[] {
    const seen: unknown[] = [];
    const isBackwards = op.direction.startsWith('prev');
    const index = pickSource(this.#storeNamed(storeName), op.source);
    const order = (a: IDBValidKey, b: IDBValidKey): number =>
      isBackwards ? compareKeys(b, a) : compareKeys(a, b);
    let position: Entry | undefined;

    /** Whether an entry lies behind another in the cursor's direction. */
    const isAhead = (entry: Entry, from: Entry): boolean => {
      const byKey = order(entry.key, from.key);
      if (byKey !== 0 || !index || op.direction.endsWith('unique')) return byKey > 0;
      return order(entry.primaryKey, from.primaryKey) > 0;
    };
    const next = (reaches: (entry: Entry) => boolean): void => {
      const from = position;
      position = listed(this.#storeNamed(storeName), index, range, op.direction).find(
        (entry) => (!from || isAhead(entry, from)) && reaches(entry),
      );
    };
    const show = (): void => {
      if (!position) return;
      const { key, primaryKey } = position;
      seen.push(op.keysOnly ? [key, primaryKey] : [key, primaryKey, position.value]);
    };

    next(() => true);
    show();
    for (const step of op.steps) {
      if (!position) break;
      try {
        const done = this.#take(step, position, storeName, op, index, order, next, () => position);
        if (done === 'moved') show();
        else seen.push(done);
      } catch (error) {
        if (!(error instanceof Failure)) throw error;
        seen.push({ error: error.name });
      }
    }
    return seen;
  }

  #take(
    step: Step,
    position: Entry,
    storeName: string,
    op: CursorOperation,
    index: ModelIndex | null,
    order: (a: IDBValidKey, b: IDBValidKey) => number,
    next: (reaches: (entry: Entry) => boolean) => void,
    current: () => Entry | undefined,
  ): Outcome | 'moved' {
    switch (step.step) {
      case 'continue':
        next(() => true);
        return 'moved';
      case 'advance':
        for (let n = 0; n < step.by && current(); n += 1) next(() => true);
        return 'moved';
      case 'to': {
        const key = keyOf(step.key);
        if (order(key, position.key) <= 0) throw new Failure('DataError');
        next((entry) => order(entry.key, key) >= 0);
        return 'moved';
      }
      case 'toPrimary': {
        if (!index || op.direction.endsWith('unique')) throw new Failure('InvalidAccessError');
        const [key, primaryKey] = [keyOf(step.key), keyOf(step.primaryKey)];
        const byKey = order(key, position.key);
        if (byKey < 0 || (byKey === 0 && order(primaryKey, position.primaryKey) <= 0)) {
          throw new Failure('DataError');
        }
        next((entry) => {
          const reached = order(entry.key, key);
          return reached > 0 || (reached === 0 && order(entry.primaryKey, primaryKey) >= 0);
        });
        return 'moved';
      }
      case 'update':
      case 'delete': {
        this.#assertWritable();
        if (op.keysOnly) throw new Failure('InvalidStateError');
        const store = this.#storeNamed(storeName);
        if (step.step === 'delete') {
          this.#replace(store, deleteRange(store, only(position.primaryKey)));
          return { ok: undefined };
        }
        const value = updated(position.value, step);
        const inLine = store.keyPath === null ? position.primaryKey : toKey(value['id']);
        if (inLine === undefined || compareKeys(inLine, position.primaryKey) !== 0) {
          throw new Failure('DataError');
        }
        const stored = storeRecord(store, value, position.primaryKey, false);
        this.#replace(store, stored.store);
        return { ok: stored.key };
      }
    }
  }

  #assertWritable(): void {
    if (this.mode === 'readonly') throw new Failure('ReadOnlyError');
  }

  #pickStore(number: number): ModelStore | undefined {
    const name = pick([...this.scope].sort(), number);
    return name === undefined ? undefined : this.#storeNamed(name);
  }

  #storeNamed(name: string): ModelStore {
    const store = this.state.stores.find((other) => other.name === name);
    if (!store) throw new Error(`The model has no store ${name}`);
    return store;
  }

  #replace(old: ModelStore, changed: ModelStore): void {
    const stores = this.state.stores.map((store) => (store === old ? changed : store));
    this.state = { ...this.state, stores };
  }
}

/** What an update writes: another tag, and sometimes another key than the record's. */
export function updated(
  value: object,
  { tag, id }: Extract<Step, { step: 'update' }>,
): Record<string, unknown> {
  return id === null ? { ...value, tag } : { ...value, tag, id };
}

function pickSource(store: ModelStore, number: number): ModelIndex | null {
  return pick([null, ...sorted(store.indexes)], number) ?? null;
}

function sorted(indexes: readonly ModelIndex[]): ModelIndex[] {
  return [...indexes].sort((a, b) => (a.name < b.name ? -1 : 1));
}
