import { decodeNumber } from '../keys/decode-key';
import { decodeKey } from '../keys/decode-key';
import { encodeKey } from '../keys/encode-key';
import { AFTER_ALL, BEFORE_ALL, INVALID, compareKeys, successor, type Key } from '../keys/key';
import { KeySource, injectKey } from '../keys/key-path';
import type { Interval } from '../storage/storage';
import type { BlobContents } from '../values/blob-contents';
import { deserializeValue, serializeValue, type SerializedValue } from '../values/structured-clone';
import { exception } from './exceptions';
import type { IndexSchema, StoreSchema } from './schema';
import type { Transaction } from './transaction';

/** A value on its way into a store, as it was when the request was made. */
export interface NewRecord {
  readonly store: StoreSchema;
  /** Null when the key generator is to make one. */
  readonly key: Key | null;
  readonly source: KeySource;
  readonly value: SerializedValue;
  /** The bytes of the value's blobs, which must have been read before it is written. */
  readonly blobContents: BlobContents | null;
  readonly noOverwrite: boolean;
  /** The store's indexes at the time of the request: one created later fills itself. */
  readonly indexes: readonly IndexSchema[];
  /** The index keys of the value, unless they depend on a key that is yet to be generated. */
  readonly entries: readonly Entry[] | null;
}

/** A key under which an index lists a record. */
export interface Entry {
  readonly index: IndexSchema;
  readonly key: Key;
}

const LARGEST_GENERATED = 2 ** 53;
/** Stands for 2^53 + 1, which no double can hold. */
const EXHAUSTED = 2 ** 53 + 2;
const SCAN_BATCH = 256;

/** The interval of all keys. */
export const ALL_KEYS: Interval = { lower: BEFORE_ALL, upper: AFTER_ALL };

export function entriesOf(source: KeySource, indexes: readonly IndexSchema[]): Entry[] {
  return indexes.flatMap((index) =>
    source.extractIndexKeys(index.keyPath, index.multiEntry).map((key) => ({ index, key })),
  );
}

function generateKey(transaction: Transaction, store: StoreSchema): Key {
  if (store.currentNumber > LARGEST_GENERATED) {
    throw exception('ConstraintError', 'The key generator has reached its largest number');
  }
  const key = encodeKey(store.currentNumber);
  if (key === INVALID) throw exception('ConstraintError');
  transaction.setCurrentNumber(store, numberAfter(store.currentNumber));
  return key;
}

function noteKey(transaction: Transaction, store: StoreSchema, key: Key): void {
  const number = decodeNumber(key);
  if (number === null) return;
  const value = Math.floor(Math.min(number, LARGEST_GENERATED));
  if (value >= store.currentNumber) transaction.setCurrentNumber(store, numberAfter(value));
}

function numberAfter(number: number): number {
  return number === LARGEST_GENERATED ? EXHAUSTED : number + 1;
}

/**
 * Stores a record; gives its key. A failure leaves nothing behind, the key generator included.
 *
 * @throws DOMException `ConstraintError`
 * @see https://w3c.github.io/IndexedDB/#store-a-record-into-an-object-store
 */
export function storeRecord(transaction: Transaction, record: NewRecord): Key {
  const { store } = record;
  const numberBefore = store.currentNumber;
  try {
    if (!store.autoIncrement) return write(transaction, record, record.key);
    if (record.key) {
      noteKey(transaction, store, record.key);
      return write(transaction, record, record.key);
    }
    const key = generateKey(transaction, store);
    return write(
      transaction,
      typeof store.keyPath === 'string' ? inject(record, key) : record,
      key,
    );
  } catch (error) {
    store.currentNumber = numberBefore;
    throw error;
  }
}

function inject(record: NewRecord, key: Key): NewRecord {
  const { clone } = record.source;
  injectKey(clone, decodeKey(key), String(record.store.keyPath));
  return { ...record, value: serializeValue(clone) };
}

function write(transaction: Transaction, record: NewRecord, key: Key | null): Key {
  if (!key) throw exception('DataError');
  const { store, indexes, noOverwrite, blobContents } = record;
  const value = blobContents?.append(record.value) ?? record.value.bytes;
  const { storage } = transaction.engine;
  if (indexes.length === 0) {
    const statement = noOverwrite ? storage.writes.addRecord : storage.writes.putRecord;
    const id = storage.newRecordId();
    if (transaction.write(statement, id, store.id, key, value) === 0) throw keyExists();
    return key;
  }
  const entries = record.entries ?? entriesOf(record.source, indexes);
  for (const entry of entries) assertUnique(transaction, entry, key);
  const id = storage.newRecordId();
  if (transaction.write(storage.writes.addRecord, id, store.id, key, value) > 0) {
    for (const entry of entries) addEntry(transaction, entry, key, id);
    return key;
  }
  const existing = noOverwrite ? undefined : storage.record(store.id, key);
  if (!existing) throw keyExists();
  const old = entriesOf(sourceOf(existing.value), indexes);
  transaction.write(storage.writes.replaceValue, value, existing.id);
  for (const entry of difference(old, entries)) deleteEntry(transaction, entry, key);
  for (const entry of difference(entries, old)) addEntry(transaction, entry, key, existing.id);
  return key;
}

function keyExists(): DOMException {
  return exception('ConstraintError', 'A record with this key exists already');
}

function assertUnique(transaction: Transaction, { index, key }: Entry, primaryKey: Key): void {
  if (!index.unique) return;
  if (!transaction.engine.storage.hasEntryOfOther(index.id, key, primaryKey)) return;
  throw exception(
    'ConstraintError',
    `The index '${index.name}' lists another record with this key`,
  );
}

function addEntry(transaction: Transaction, entry: Entry, primaryKey: Key, record: number): void {
  const { index, key } = entry;
  const isUnique = index.unique;
  transaction.engine.entries.add(transaction.beginWrite(), {
    index: index.id,
    isUnique,
    key,
    primaryKey,
    record,
  });
}

function deleteEntry(transaction: Transaction, { index, key }: Entry, primaryKey: Key): void {
  const { entries } = transaction.engine;
  entries.remove(transaction.beginWrite(), index.id, index.unique, key, primaryKey);
}

function difference(entries: readonly Entry[], others: readonly Entry[]): Entry[] {
  return entries.filter(
    (entry) =>
      !others.some(
        (other) => other.index === entry.index && compareKeys(other.key, entry.key) === 0,
      ),
  );
}

/** The stored value as a source of index keys; only what was stored, so it is its own clone. */
function sourceOf(value: Buffer): KeySource {
  return KeySource.ofClone(deserializeValue(value));
}

/** Deletes the records in an interval. @see https://w3c.github.io/IndexedDB/#delete-records-from-an-object-store */
export function deleteRecords(
  transaction: Transaction,
  store: StoreSchema,
  indexes: readonly IndexSchema[],
  interval: Interval,
): void {
  const { storage } = transaction.engine;
  if (indexes.length > 0) {
    for (const { primaryKey, value } of recordsIn(transaction, store, interval)) {
      for (const entry of entriesOf(sourceOf(value), indexes)) {
        deleteEntry(transaction, entry, primaryKey);
      }
    }
  }
  transaction.write(storage.writes.deleteRecords, store.id, interval.lower, interval.upper);
}

/** Deletes all records of a store. @see https://w3c.github.io/IndexedDB/#clear-an-object-store */
export function clearStore(
  transaction: Transaction,
  store: StoreSchema,
  indexes: readonly IndexSchema[],
): void {
  const { writes } = transaction.engine.storage;
  for (const index of indexes) transaction.write(writes.clearIndex, index.id);
  transaction.write(writes.clearStore, store.id);
}

/**
 * Lists every record of a store in a new index.
 *
 * @throws DOMException `ConstraintError` when a unique index would list a key twice.
 */
export function fillIndex(transaction: Transaction, store: StoreSchema, index: IndexSchema): void {
  const { storage } = transaction.engine;
  for (const { primaryKey, value } of recordsIn(transaction, store, ALL_KEYS)) {
    const id = storage.recordId(store.id, primaryKey) ?? 0;
    for (const entry of entriesOf(sourceOf(value), [index])) {
      assertUnique(transaction, entry, primaryKey);
      addEntry(transaction, entry, primaryKey, id);
    }
  }
}

/** Goes through a store's records in batches, never holding more than one. */
function* recordsIn(
  transaction: Transaction,
  store: StoreSchema,
  interval: Interval,
): Generator<{ primaryKey: Key; value: Buffer }> {
  const { storage } = transaction.engine;
  let rest = interval;
  for (;;) {
    const rows = storage.scanStore(store.id, rest, false, true, SCAN_BATCH);
    for (const { key, value } of rows) if (value) yield { primaryKey: key, value };
    const last = rows.at(-1);
    if (!last || rows.length < SCAN_BATCH) return;
    rest = { lower: successor(last.key), upper: interval.upper };
  }
}
