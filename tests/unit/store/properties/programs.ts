/** Random programs: what is done to a database, and what happens to it meanwhile. */
import fc from 'fast-check';

const anyKey = fc.letrec<{ key: IDBValidKey }>((tie) => ({
  key: fc.oneof(
    { maxDepth: 3 },
    fc.double({ noNaN: true }).map((n) => n + 0),
    fc.date({ noInvalidDate: true }),
    fc
      .array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 5 })
      .map((units) => String.fromCharCode(...units)),
    fc.uint8Array({ maxLength: 5 }),
    fc.array(tie('key'), { maxLength: 3 }),
  ),
})).key;

/** Mostly one of few, so that records meet. */
export const key: fc.Arbitrary<IDBValidKey> = fc.oneof(
  { weight: 8, arbitrary: fc.integer({ min: 0, max: 6 }) },
  { weight: 3, arbitrary: fc.constantFrom('', 'a', 'b', '\ud800', '\udfff\ud800', '\0') },
  { weight: 2, arbitrary: fc.constantFrom(-Infinity, Infinity, -1.5, 2.5, 2 ** 53, 1e300) },
  { weight: 2, arbitrary: fc.integer({ min: -1, max: 1 }).map((n) => new Date(n)) },
  {
    weight: 2,
    arbitrary: fc.constantFrom<IDBValidKey[][]>([], [0], [0, []], ['a', [new Date(0)]], [[], [[]]]),
  },
  { weight: 2, arbitrary: fc.integer({ min: 0, max: 2 }).map((n) => Uint8Array.of(n, 0)) },
  { weight: 3, arbitrary: anyKey },
);

const noKey = fc.constantFrom(null, true, NaN, {}, new Date(NaN), [null]);

const extra: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(undefined, null, -0, 10n ** 20n, '\udfff', new Error('kept'), /x/gu),
  fc.double(),
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.date(),
  fc.uint8Array({ maxLength: 6 }),
  fc.array(fc.tuple(fc.integer(), fc.string()), { maxLength: 3 }).map((pairs) => new Map(pairs)),
  fc.array(fc.integer(), { maxLength: 3 }).map((members) => new Set(members)),
  fc.integer({ min: 0, max: 30_000 }).map((size) => new Uint8Array(size).fill(size)),
);

export const value = fc
  .record(
    {
      id: fc.oneof({ weight: 12, arbitrary: key }, { weight: 1, arbitrary: noKey }),
      tag: fc.oneof(
        key,
        noKey,
        fc.array(fc.oneof(fc.integer({ min: 0, max: 3 }), noKey, key), { maxLength: 4 }),
      ),
      nested: fc.record({ a: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
      extra,
      isCyclic: fc.constant(true),
    },
    { requiredKeys: [] },
  )
  .map((made): object => (made.isCyclic ? Object.assign(made, { self: made }) : made));

const range = fc.oneof(
  { weight: 2, arbitrary: fc.constant({ kind: 'all' } as const) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('only' as const), key }) },
  fc.record({ kind: fc.constant('lower' as const), key, open: fc.boolean() }),
  fc.record({ kind: fc.constant('upper' as const), key, open: fc.boolean() }),
  fc.record({
    kind: fc.constant('bound' as const),
    key,
    upper: key,
    open: fc.boolean(),
    upperOpen: fc.boolean(),
  }),
);
export type Range = typeof range extends fc.Arbitrary<infer T> ? T : never;

/** Which one of those that there are; see `pick()`. */
const one = fc.nat({ max: 5 });
const direction = fc.constantFrom('next', 'nextunique', 'prev', 'prevunique' as const);
const count = fc.integer({ min: 0, max: 3 });

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constant({ step: 'continue' } as const) },
  fc.record({ step: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ step: fc.constant('to' as const), key }),
  fc.record({ step: fc.constant('toPrimary' as const), key, primaryKey: key }),
  fc.record({ step: fc.constant('update' as const), tag: key, id: fc.option(key, { freq: 5 }) }),
  fc.constant({ step: 'delete' } as const),
);
export type Step = typeof step extends fc.Arbitrary<infer T> ? T : never;

const writing = {
  store: one,
  /** Whether the next operation is asked for only after this one's event. */
  awaited: fc.boolean(),
  /** What becomes of its event: an error left alone and a listener that throws abort. */
  listener: fc.constantFrom('', '', '', '', '', '', '', '', 'leaves errors', 'throws' as const),
};

const dataOperation = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      ...writing,
      do: fc.constantFrom('put' as const, 'put' as const, 'add' as const),
      value,
      key: fc.option(fc.oneof({ weight: 15, arbitrary: key }, { weight: 1, arbitrary: noKey }), {
        nil: undefined,
      }),
    }),
  },
  fc.record({ ...writing, do: fc.constant('delete' as const), range }),
  {
    weight: 1,
    arbitrary: fc.record({ ...writing, do: fc.constant('clear' as const), rarely: fc.nat(3) }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...writing,
      do: fc.constantFrom('get', 'getKey', 'count' as const),
      source: one,
      range,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      ...writing,
      do: fc.constantFrom('getAll', 'getAllKeys', 'getAllRecords' as const),
      source: one,
      range,
      count,
      direction,
    }),
  },
  {
    weight: 4,
    arbitrary: fc.record({
      store: one,
      awaited: fc.constant(true),
      listener: fc.constant(''),
      do: fc.constant('cursor' as const),
      source: one,
      range,
      direction,
      keysOnly: fc.boolean(),
      steps: fc.array(step, { maxLength: 8 }),
    }),
  },
);

const name = fc.constantFrom('a', 'b', 'ä', '\ud800', '');
const schema = { store: one, awaited: fc.constant(false), listener: fc.constant('') };
const schemaOperation = fc.oneof(
  fc.record({
    ...schema,
    do: fc.constant('createStore' as const),
    name,
    keyPath: fc.constantFrom(null, 'id'),
    autoIncrement: fc.boolean(),
  }),
  fc.record({ ...schema, do: fc.constant('deleteStore' as const), rarely: fc.nat(2) }),
  fc.record({ ...schema, do: fc.constant('renameStore' as const), name }),
  {
    weight: 2,
    arbitrary: fc.record({
      ...schema,
      do: fc.constant('createIndex' as const),
      name,
      keyPath: fc.constantFrom<(string | string[])[]>('tag', 'nested.a', ['tag', 'nested.a']),
      unique: fc.boolean(),
      multiEntry: fc.boolean(),
    }),
  },
  fc.record({ ...schema, do: fc.constant('deleteIndex' as const), index: one }),
  fc.record({ ...schema, do: fc.constant('renameIndex' as const), index: one, name }),
);

export type Operation =
  | (typeof dataOperation extends fc.Arbitrary<infer T> ? T : never)
  | (typeof schemaOperation extends fc.Arbitrary<infer T> ? T : never);

export interface Script {
  readonly mode: IDBTransactionMode;
  /** Which stores, by the bits of a number; an upgrade has all. */
  readonly scope: number;
  readonly operations: readonly Operation[];
  readonly ending: 'auto' | 'commit' | 'abort';
  /** For how many turns of the event loop it is begun after the one before it. */
  readonly turns: number;
}

const ending = fc.constantFrom<Script['ending'][]>('auto', 'auto', 'auto', 'commit', 'abort');

// A listener cannot abort what is asked to commit before the listener's event has been dealt with.
function withoutContest(script: Script): Script {
  const aborts = script.operations.some((operation) => operation.listener !== '');
  return script.ending === 'commit' && aborts ? { ...script, ending: 'auto' } : script;
}

const transaction: fc.Arbitrary<Script> = fc
  .record({
    mode: fc.constantFrom('readwrite', 'readwrite', 'readonly' as const),
    scope: fc.integer({ min: 1, max: 15 }),
    operations: fc.array(dataOperation, { maxLength: 7, size: 'max' }),
    ending,
    turns: fc.integer({ min: 0, max: 3 }),
  })
  .map(withoutContest);

const upgrade: fc.Arbitrary<Script> = fc
  .record({
    mode: fc.constant('versionchange' as const),
    scope: fc.constant(15),
    operations: fc.array(fc.oneof(schemaOperation, dataOperation), {
      minLength: 1,
      maxLength: 8,
      size: 'max',
    }),
    ending,
    turns: fc.constant(0),
  })
  .map(withoutContest);

/** What happens to the store, after so many events, while transactions run. */
const incident = fc.oneof(
  { weight: 1, arbitrary: fc.constant({ kind: 'none' } as const) },
  fc.record({ kind: fc.constantFrom('crash', 'close' as const), after: fc.nat(8) }),
  fc.record({ kind: fc.constant('full' as const), pages: fc.nat(2) }),
);
export type Incident = typeof incident extends fc.Arbitrary<infer T> ? T : never;

/** Transactions that run at the same time, and what happens meanwhile and afterwards. */
export interface Burst {
  readonly scripts: readonly Script[];
  readonly incident: Incident;
  readonly restart: boolean;
}

const burst: fc.Arbitrary<Burst> = fc.record({
  scripts: fc.oneof(
    {
      weight: 3,
      arbitrary: fc.array(transaction, { minLength: 1, maxLength: 4, size: 'max' }),
    },
    { weight: 1, arbitrary: upgrade.map((only) => [only]) },
  ),
  incident,
  restart: fc.boolean(),
});

export const program = fc.array(burst, { minLength: 1, maxLength: 6, size: 'max' });

/** One of several, by a number, whatever it is. */
export function pick<T>(from: readonly T[], number: number): T | undefined {
  return from[number % Math.max(1, from.length)];
}

/** The names a scope's number means. */
export function scopeOf(names: readonly string[], scope: number): string[] {
  const chosen = names.filter((_, n) => (scope >> n) % 2 === 1);
  return chosen.length > 0 ? chosen : names.slice(0, 1);
}
