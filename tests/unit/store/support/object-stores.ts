import { expect } from 'vitest';
import { newIndexedDB, openDatabase, thrownName } from './indexeddb';

/** A connection to a new database with empty object stores of these names. */
export async function openStores(
  ...names: string[]
): Promise<ReturnType<typeof newIndexedDB> & { db: IDBDatabase }> {
  const made = newIndexedDB();
  const db = await openDatabase(made.indexedDB, (fresh) => {
    for (const name of names) fresh.createObjectStore(name);
  });
  return { ...made, db };
}

/** Whether a store's transaction takes requests now. */
export function isActive(store: IDBObjectStore): boolean {
  const name = thrownName(() => store.get(0));
  expect(name).toBeOneOf(['nothing', 'TransactionInactiveError']);
  return name === 'nothing';
}

/** What `act` gives within an upgrade, which may abort. */
export async function inUpgrade<T>(
  act: (db: IDBDatabase, transaction: IDBTransaction) => T,
): Promise<T> {
  let given: { value: T } | undefined;
  await openDatabase(newIndexedDB().indexedDB, (db, transaction) => {
    given = { value: act(db, transaction) };
  }).catch((error: unknown) => expect(error).toMatchObject({ name: 'AbortError' }));
  return given!.value;
}

/** A new database with one object store, `s`. */
export async function storeWith(
  parameters: IDBObjectStoreParameters = {},
  fill: (store: IDBObjectStore) => void = () => undefined,
): Promise<{ db: IDBDatabase; open: (mode?: IDBTransactionMode) => IDBObjectStore }> {
  const db = await openDatabase(newIndexedDB().indexedDB, (fresh) =>
    fill(fresh.createObjectStore('s', parameters)),
  );
  return { db, open: (mode = 'readwrite') => db.transaction('s', mode).objectStore('s') };
}
