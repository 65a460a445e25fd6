import { INVALID, type Key } from '../keys/key';
import { FAILURE, KeySource, canInjectKey } from '../keys/key-path';
import { toKey } from '../idb-key-range';
import { BlobContents } from '../values/blob-contents';
import { deserializeValue, serializeValue, type SerializedValue } from '../values/structured-clone';
import { exception } from './exceptions';
import { entriesOf, type NewRecord } from './record-operations';
import type { StoreSchema } from './schema';
import type { Transaction } from './transaction';

/** Clones a value, with the transaction inactive meanwhile. */
export function cloneForStorage(
  transaction: Transaction,
  value: unknown,
): { serialized: SerializedValue; blobContents: BlobContents | null; source: KeySource } {
  const serialized = transaction.whileInactive(() => serializeValue(value));
  // A getter may have aborted the transaction while the value was cloned.
  transaction.assertActive();
  const { bytes, blobs } = serialized;
  const blobContents = blobs.length > 0 ? new BlobContents(blobs) : null;
  const source = new KeySource(value, () => deserializeValue(bytes, blobs));
  return { serialized, blobContents, source };
}

/**
 * Checks and prepares what `add()` and `put()` were given.
 *
 * @throws DOMException `DataError`, `DataCloneError`
 * @see https://w3c.github.io/IndexedDB/#add-or-put
 */
export function prepareRecord(
  transaction: Transaction,
  store: StoreSchema,
  value: unknown,
  givenKey: unknown,
  noOverwrite: boolean,
): NewRecord {
  const { keyPath, autoIncrement } = store;
  if (keyPath !== null && givenKey !== undefined) {
    throw exception('DataError', 'A store with a key path takes its keys from the values');
  }
  if (keyPath === null && !autoIncrement && givenKey === undefined) {
    throw exception('DataError', 'The store needs a key');
  }
  const outOfLine = givenKey === undefined ? null : convertKey(transaction, givenKey);
  const { serialized, blobContents, source } = cloneForStorage(transaction, value);
  const key = keyPath === null ? outOfLine : inLineKey(store, source, keyPath);
  const indexes = [...store.indexes.values()];
  const isInjected = key === null && typeof keyPath === 'string';
  // The clone is taken now: by the time the key is generated, the caller may have changed the value.
  if (isInjected) source.takeClone();
  const entries = isInjected ? null : entriesOf(source, indexes);
  return {
    store,
    key,
    source,
    value: serialized,
    blobContents,
    noOverwrite,
    indexes,
    entries,
  };
}

/** Converts a key, with the transaction inactive meanwhile, as while a value is cloned. */
function convertKey(transaction: Transaction, given: unknown): Key {
  const key = transaction.whileInactive(() => toKey(given));
  transaction.assertActive();
  return key;
}

function inLineKey(store: StoreSchema, source: KeySource, keyPath: string | string[]): Key | null {
  const key = source.extractKey(keyPath);
  if (key === INVALID) throw exception('DataError', 'The key path leads to what is no valid key');
  if (key !== FAILURE) return key;
  if (!store.autoIncrement || typeof keyPath !== 'string') {
    throw exception('DataError', 'The key path leads to nothing');
  }
  if (!canInjectKey(source.clone, keyPath)) {
    throw exception('DataError', 'A key cannot be put where the key path leads');
  }
  return null;
}
