/**
 * Random operations, aborts and restarts, run side by side on this implementation and on
 * fake-indexeddb: everything a caller can see must be the same.
 */
import fc from 'fast-check';
import { IDBFactory as ReferenceFactory, IDBKeyRange as ReferenceRange } from 'fake-indexeddb';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
  IDBKeyRange as OwnRange,
  closeIndexedDB,
  createIndexedDB,
} from '../../../../main/store/indexeddb';
import { openDatabase as openFile } from '../../../../main/store/open-database';
import { comparable } from '../support/comparable';
import { end, openDatabase, result } from '../support/indexeddb';
import { temporaryFolder } from '../support/temporary-folder';

const RUNS = Number(process.env['HOLDFAST_PROPERTY_RUNS'] ?? 60);

const key: fc.Arbitrary<IDBValidKey> = fc.oneof(
  fc.integer({ min: -3, max: 8 }),
  fc.constantFrom('a', 'b', 'ä', '', 'aa'),
  fc.constantFrom<IDBValidKey[]>([1], [1, 'a'], [], ['a']),
  fc.integer({ min: 0, max: 3 }).map((n) => new Date(n)),
  fc.integer({ min: 0, max: 3 }).map((n) => Uint8Array.of(n, 0).buffer),
);

const value = fc.record(
  {
    id: fc.oneof({ weight: 5, arbitrary: key }, { weight: 1, arbitrary: fc.constant(null) }),
    tag: fc.oneof(
      fc.integer({ min: 0, max: 3 }),
      fc.constantFrom('x', 'y', null),
      fc.array(fc.constantFrom(1, 2, 'z', null, 2), { maxLength: 4 }),
    ),
    nested: fc.record({ a: fc.integer({ min: 0, max: 3 }) }, { requiredKeys: [] }),
  },
  { requiredKeys: [] },
);

const range = fc.oneof(
  fc.constant({ kind: 'all' } as const),
  fc.record({ kind: fc.constant('only' as const), key }),
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
type Range = typeof range extends fc.Arbitrary<infer T> ? T : never;

const STORES = ['plain', 'inline', 'counted', 'both'] as const;
const store = fc.constantFrom(...STORES);
const source = fc.constantFrom(null, 'tag', 'tags', 'unique', 'pair');
const direction = fc.constantFrom('next', 'nextunique', 'prev', 'prevunique' as const);

const operation = fc.oneof(
  fc.record({
    do: fc.constantFrom('put' as const, 'add' as const),
    store,
    value,
    key,
    bare: fc.boolean(),
  }),
  fc.record({ do: fc.constant('delete' as const), store, range }),
  fc.record({ do: fc.constant('clear' as const), store, rarely: fc.integer({ min: 0, max: 4 }) }),
  fc.record({
    do: fc.constantFrom(
      'get' as const,
      'getKey' as const,
      'getAll' as const,
      'getAllKeys' as const,
      'count' as const,
    ),
    store,
    source,
    range,
    count: fc.integer({ min: 0, max: 3 }),
  }),
  fc.record({
    do: fc.constant('cursor' as const),
    store,
    source,
    range,
    direction,
    keysOnly: fc.boolean(),
    steps: fc.array(
      fc.oneof(
        fc.constant({ step: 'continue' } as const),
        fc.record({ step: fc.constant('advance' as const), by: fc.integer({ min: 1, max: 3 }) }),
        fc.record({ step: fc.constant('to' as const), key }),
        fc.record({ step: fc.constant('toPrimary' as const), key, primaryKey: key }),
        fc.record({ step: fc.constant('update' as const), tag: fc.integer({ min: 0, max: 3 }) }),
        fc.constant({ step: 'delete' } as const),
      ),
      { maxLength: 8 },
    ),
  }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

const script = fc.array(
  fc.record({
    operations: fc.array(operation, { minLength: 1, maxLength: 8 }),
    ending: fc.constantFrom('commit', 'commit', 'explicit', 'abort', 'restart' as const),
  }),
  { minLength: 1, maxLength: 6 },
);

function upgrade(db: IDBDatabase): void {
  const stores = [
    db.createObjectStore('plain'),
    db.createObjectStore('inline', { keyPath: 'id' }),
    db.createObjectStore('counted', { autoIncrement: true }),
    db.createObjectStore('both', { keyPath: 'id', autoIncrement: true }),
  ];
  for (const each of stores) {
    each.createIndex('tag', 'tag');
    each.createIndex('tags', 'tag', { multiEntry: true });
    // A failed request puts the key generator back (section 2.11); the reference leaves it.
    each.createIndex('unique', 'nested.a', { unique: !each.autoIncrement });
    each.createIndex('pair', ['tag', 'nested.a']);
  }
}

type RangeClass = Pick<
  typeof globalThis.IDBKeyRange,
  'only' | 'lowerBound' | 'upperBound' | 'bound'
>;

function toRange(Range: RangeClass, wanted: Range): IDBKeyRange | undefined {
  switch (wanted.kind) {
    case 'all':
      return undefined;
    case 'only':
      return Range.only(wanted.key);
    case 'lower':
      return Range.lowerBound(wanted.key, wanted.open);
    case 'upper':
      return Range.upperBound(wanted.key, wanted.open);
    case 'bound':
      return Range.bound(wanted.key, wanted.upper, wanted.open, wanted.upperOpen);
  }
}

type Query = (query?: IDBKeyRange, countOrDirection?: number | string) => IDBRequest<unknown>;
type Source = Record<
  'get' | 'getKey' | 'getAll' | 'getAllKeys' | 'count' | 'openCursor' | 'openKeyCursor',
  Query
>;

function sourceOf(objectStore: IDBObjectStore, index: string | null): Source {
  return (index === null ? objectStore : objectStore.index(index)) as unknown as Source;
}

/** Does something and gives what came of it, an exception by its name. */
async function outcome(act: () => unknown): Promise<unknown> {
  try {
    return await act();
  } catch (error) {
    return (error as Error).name;
  }
}

function perform(transaction: IDBTransaction, Range: RangeClass, op: Operation): Promise<unknown> {
  const objectStore = transaction.objectStore(op.store);
  switch (op.do) {
    case 'put':
    case 'add': {
      const outOfLine = op.store === 'plain' || (op.store === 'counted' && !op.bare);
      const key = outOfLine ? op.key : undefined;
      return outcome(() => result(objectStore[op.do](structuredClone(op.value), key)));
    }
    case 'delete':
      return outcome(() => result(objectStore.delete(toRange(Range, op.range)!)));
    case 'clear':
      return op.rarely === 0 ? outcome(() => result(objectStore.clear())) : Promise.resolve(null);
    case 'get':
    case 'getKey':
    case 'count': {
      const from = sourceOf(objectStore, op.source);
      return outcome(() => result(from[op.do](toRange(Range, op.range))));
    }
    case 'getAll':
    case 'getAllKeys': {
      const from = sourceOf(objectStore, op.source);
      return outcome(() => result(from[op.do](toRange(Range, op.range), op.count)));
    }
    case 'cursor':
      return outcome(() => runCursor(objectStore, Range, op));
  }
}

function runCursor(
  objectStore: IDBObjectStore,
  Range: RangeClass,
  op: Extract<Operation, { do: 'cursor' }>,
): Promise<unknown> {
  const open = op.keysOnly ? 'openKeyCursor' : 'openCursor';
  const range = toRange(Range, op.range);
  const request = sourceOf(objectStore, op.source)[open](range, op.direction) as IDBRequest<
    (IDBCursor & { value?: object }) | null
  >;
  const seen: unknown[] = [];
  const steps = [...op.steps];
  return new Promise((resolve) => {
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) {
        resolve(seen);
        return;
      }
      seen.push([cursor.key, cursor.primaryKey, cursor.value]);
      let hasMoved = false;
      while (!hasMoved) {
        const step = steps.shift();
        if (!step) {
          resolve(seen);
          return;
        }
        try {
          hasMoved = take(step, cursor, seen);
        } catch (error) {
          seen.push((error as Error).name);
        }
      }
    };
  });
}

type Step = Extract<Operation, { do: 'cursor' }>['steps'][number];

/** Takes a step; true when the cursor is on its way to another record. */
function take(step: Step, cursor: IDBCursor & { value?: object }, seen: unknown[]): boolean {
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
    case 'delete': {
      const request = (
        step.step === 'delete' ? cursor.delete() : cursor.update({ ...cursor.value, tag: step.tag })
      ) as IDBRequest<unknown>;
      result(request).then(
        (done) => seen.push(done),
        (error: unknown) => seen.push((error as Error).name),
      );
      return false;
    }
  }
}

// An abort puts key generators back (section 2.11); the reference forgets to, if a key was given.
function isKnownToDiffer(op: Operation): boolean {
  return (op.do === 'put' || op.do === 'add') && (op.store === 'counted' || op.store === 'both');
}

async function runTransaction(
  db: IDBDatabase,
  Range: RangeClass,
  operations: readonly Operation[],
  ending: 'commit' | 'explicit' | 'abort',
): Promise<unknown[]> {
  const transaction = db.transaction(STORES, 'readwrite');
  const ended = end(transaction);
  const outcomes: unknown[] = [];
  for (const op of operations) {
    if (ending === 'abort' && isKnownToDiffer(op)) continue;
    outcomes.push(await perform(transaction, Range, op));
  }
  if (ending === 'abort') transaction.abort();
  if (ending === 'explicit') transaction.commit();
  outcomes.push(await ended);
  return outcomes;
}

async function dump(db: IDBDatabase): Promise<unknown> {
  const transaction = db.transaction(STORES);
  const all: unknown[] = [];
  for (const name of STORES) {
    const objectStore = transaction.objectStore(name);
    all.push(await result(objectStore.getAllKeys()), await result(objectStore.getAll()));
    for (const index of objectStore.indexNames) {
      all.push(await result(objectStore.index(index).getAllKeys()));
    }
  }
  return all;
}

describe('random operations, aborts and restarts', () => {
  it('show what fake-indexeddb shows', async () => {
    await fc.assert(
      fc.asyncProperty(script, async (transactions) => {
        const file = join(temporaryFolder(), 'test.db');
        const encryptionKey = new Uint8Array(32).fill(7);
        const openOurs = () =>
          openFile(file, encryptionKey, {
            applicationId: 1,
            migrations: [],
            durability: 'normal',
          });
        let database = openOurs();
        let ours = await openDatabase(createIndexedDB(database), upgrade);
        const theirs = await openDatabase(new ReferenceFactory(), upgrade);
        for (const { operations, ending } of transactions) {
          const how = ending === 'restart' ? 'commit' : ending;
          const [mine, reference] = await Promise.all([
            runTransaction(ours, OwnRange as unknown as RangeClass, operations, how),
            runTransaction(theirs, ReferenceRange as unknown as RangeClass, operations, how),
          ]);
          expect(comparable(mine)).toEqual(comparable(reference));
          if (ending === 'restart') {
            closeIndexedDB(createIndexedDB(database));
            database.close();
            database = openOurs();
            ours = await openDatabase(createIndexedDB(database));
          }
          expect(comparable(await dump(ours))).toEqual(comparable(await dump(theirs)));
        }
        ours.close();
        theirs.close();
        database.close();
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
