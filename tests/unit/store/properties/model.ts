/**
 * What an IndexedDB database is, as plainly as it can be said: stores are arrays of [key, value] in
 * the order of keys, indexes are computed whenever they are asked, an abort is a state thrown away.
 */
export interface ModelIndex {
  readonly name: string;
  readonly keyPath: string | string[];
  readonly unique: boolean;
  readonly multiEntry: boolean;
}

export interface ModelStore {
  readonly name: string;
  readonly keyPath: string | null;
  readonly autoIncrement: boolean;
  /** The key generator's next number; Infinity when it is used up. */
  readonly next: number;
  readonly records: readonly (readonly [IDBValidKey, object])[];
  readonly indexes: readonly ModelIndex[];
}

export interface ModelState {
  readonly version: number;
  readonly stores: readonly ModelStore[];
}

export interface Entry {
  readonly key: IDBValidKey;
  readonly primaryKey: IDBValidKey;
  readonly value: object;
}

export interface ModelRange {
  readonly lower?: IDBValidKey;
  readonly upper?: IDBValidKey;
  readonly lowerOpen: boolean;
  readonly upperOpen: boolean;
}

/** An exception or a failed request, by its name. */
export class Failure extends Error {
  constructor(override readonly name: string) {
    super(name);
  }
}

const LAST_NUMBER = 2 ** 53;

/** The key as it is read back, or undefined for what is no key. Sections 7.3 and 7.4. */
export function toKey(value: unknown): IDBValidKey | undefined {
  if (typeof value === 'number') return Number.isNaN(value) ? undefined : value + 0;
  if (typeof value === 'string') return value;
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? undefined : value;
  if (value instanceof ArrayBuffer) return value;
  if (value instanceof Uint8Array) return Uint8Array.from(value).buffer;
  if (!Array.isArray(value)) return undefined;
  const members: IDBValidKey[] = [];
  for (const member of value) {
    const key = toKey(member);
    if (key === undefined) return undefined;
    members.push(key);
  }
  return members;
}

function rankOf(key: IDBValidKey): number {
  if (typeof key === 'number') return 0;
  if (key instanceof Date) return 1;
  if (typeof key === 'string') return 2;
  return Array.isArray(key) ? 4 : 3;
}

/** Section 2.4: by type, then by value; strings by their code units. */
export function compareKeys(a: IDBValidKey, b: IDBValidKey): number {
  if (rankOf(a) !== rankOf(b)) return rankOf(a) - rankOf(b);
  if (Array.isArray(a) && Array.isArray(b)) return compareLists(a, b, compareKeys);
  if (a instanceof ArrayBuffer && b instanceof ArrayBuffer) {
    return compareLists([...new Uint8Array(a)], [...new Uint8Array(b)], (x, y) => x - y);
  }
  if (a === b) return 0;
  if (a instanceof Date && b instanceof Date) return a.getTime() - b.getTime();
  return a < b ? -1 : 1;
}

function compareLists<T>(a: T[], b: T[], compare: (x: T, y: T) => number): number {
  for (let at = 0; at < Math.min(a.length, b.length); at += 1) {
    const order = compare(a[at]!, b[at]!);
    if (order !== 0) return order;
  }
  return a.length - b.length;
}

export function isIn(range: ModelRange, key: IDBValidKey): boolean {
  if (range.lower !== undefined) {
    const order = compareKeys(key, range.lower);
    if (order < 0 || (order === 0 && range.lowerOpen)) return false;
  }
  if (range.upper !== undefined) {
    const order = compareKeys(key, range.upper);
    if (order > 0 || (order === 0 && range.upperOpen)) return false;
  }
  return true;
}

function at(value: unknown, path: string): unknown {
  let found = value;
  for (const name of path.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, name))
      return undefined;
    found = (found as Record<string, unknown>)[name];
  }
  return found;
}

/** The keys under which an index lists a value. */
export function indexKeys(index: ModelIndex, value: object): IDBValidKey[] {
  if (Array.isArray(index.keyPath)) {
    const key = toKey(index.keyPath.map((path) => at(value, path)));
    return key === undefined ? [] : [key];
  }
  const found = at(value, index.keyPath);
  const candidates = index.multiEntry && Array.isArray(found) ? (found as unknown[]) : [found];
  const keys: IDBValidKey[] = [];
  for (const candidate of candidates) {
    const key = toKey(candidate);
    if (key === undefined || keys.some((other) => compareKeys(other, key) === 0)) continue;
    keys.push(key);
  }
  return keys;
}

/** Everything a store or one of its indexes lists, in order. */
export function entriesOf(store: ModelStore, index: ModelIndex | null): Entry[] {
  if (!index) return store.records.map(([key, value]) => ({ key, primaryKey: key, value }));
  return store.records
    .flatMap(([primaryKey, value]) =>
      indexKeys(index, value).map((key) => ({ key, primaryKey, value })),
    )
    .sort((a, b) => compareKeys(a.key, b.key) || compareKeys(a.primaryKey, b.primaryKey));
}

/** What is within a range, as a direction goes through it. */
export function listed(
  store: ModelStore,
  index: ModelIndex | null,
  range: ModelRange,
  direction: IDBCursorDirection,
): Entry[] {
  const within = entriesOf(store, index).filter(({ key }) => isIn(range, key));
  const firsts = within.filter(
    ({ key }, n) => n === 0 || compareKeys(within[n - 1]!.key, key) !== 0,
  );
  const shown = direction.endsWith('unique') ? firsts : within;
  return direction.startsWith('prev') ? shown.toReversed() : shown;
}

/** Whether a unique index lists a key for two records. */
export function hasDuplicates(store: ModelStore, index: ModelIndex): boolean {
  const entries = entriesOf(store, index);
  return entries.some(({ key }, n) => n > 0 && compareKeys(entries[n - 1]!.key, key) === 0);
}

/** What `add()` and `put()` refuse at once. */
export function checkArguments(store: ModelStore, value: object, given: unknown): void {
  const key = given === undefined ? undefined : toKey(given);
  const isBad = given !== undefined && key === undefined;
  if (store.keyPath === null) {
    if (isBad || (given === undefined && !store.autoIncrement)) throw new Failure('DataError');
    return;
  }
  if (given !== undefined) throw new Failure('DataError');
  const inLine = at(value, store.keyPath);
  if (inLine === undefined ? !store.autoIncrement : toKey(inLine) === undefined) {
    throw new Failure('DataError');
  }
}

/** Section 6.1; gives the key, and the store with the record in it. */
export function storeRecord(
  store: ModelStore,
  value: object,
  given: unknown,
  noOverwrite: boolean,
): { key: IDBValidKey; store: ModelStore } {
  let { next } = store;
  let record = structuredClone(value);
  let key = toKey(store.keyPath === null ? given : at(value, store.keyPath));
  if (key === undefined) {
    if (next === Infinity) throw new Failure('ConstraintError');
    key = next;
    if (store.keyPath !== null) record = Object.assign(record, { [store.keyPath]: key });
    next = key >= LAST_NUMBER ? Infinity : key + 1;
  } else if (store.autoIncrement && typeof key === 'number' && key >= next) {
    next = key >= LAST_NUMBER ? Infinity : Math.floor(key) + 1;
  }
  const primaryKey = key;
  const others = store.records.filter(([other]) => compareKeys(other, primaryKey) !== 0);
  const exists = others.length < store.records.length;
  if (noOverwrite && exists) throw new Failure('ConstraintError');
  const records = [...others, [primaryKey, record] as const].sort(([a], [b]) => compareKeys(a, b));
  const changed = { ...store, next, records };
  if (store.indexes.some((index) => index.unique && hasDuplicates(changed, index))) {
    throw new Failure('ConstraintError');
  }
  return { key: primaryKey, store: changed };
}

export function deleteRange(store: ModelStore, range: ModelRange): ModelStore {
  return { ...store, records: store.records.filter(([key]) => !isIn(range, key)) };
}

export function only(key: IDBValidKey): ModelRange {
  return { lower: key, upper: key, lowerOpen: false, upperOpen: false };
}
