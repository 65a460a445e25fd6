import Database from 'better-sqlite3-multiple-ciphers';
import { createIndexedDB, type IndexedDBOptions } from '../../../../main/store/indexeddb';

/** A factory on an empty database in memory, with the exceptions its listeners threw. */
export function newIndexedDB(): { indexedDB: IDBFactory; database: Database; thrown: unknown[] } {
  const database = new Database(':memory:');
  const thrown: unknown[] = [];
  const options: IndexedDBOptions = { reportException: (error) => thrown.push(error) };
  const indexedDB = createIndexedDB(database, options);
  return { indexedDB, database, thrown };
}

/** A request's result, or its error thrown. An error does not abort the transaction then. */
export function result<T>(request: IDBRequest<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    request.addEventListener('success', () => resolve(request.result));
    request.addEventListener('error', (event) => {
      event.preventDefault();
      event.stopPropagation();
      reject(request.error!);
    });
  });
}

/** How a transaction ends. */
export function end(transaction: IDBTransaction): Promise<'complete' | 'abort'> {
  return new Promise((resolve) => {
    transaction.addEventListener('complete', () => resolve('complete'));
    transaction.addEventListener('abort', () => resolve('abort'));
  });
}

export function openDatabase(
  indexedDB: IDBFactory,
  upgrade: (db: IDBDatabase, transaction: IDBTransaction) => void = () => undefined,
  { name = 'db', version = 1 } = {},
): Promise<IDBDatabase> {
  const request = indexedDB.open(name, version);
  request.onupgradeneeded = () => upgrade(request.result, request.transaction!);
  return result(request);
}

/** Waits for the next of some events at a target. */
export function eventOf<T extends Event>(target: EventTarget, ...types: string[]): Promise<T> {
  return new Promise((resolve) => {
    for (const type of types) {
      target.addEventListener(type, (event) => resolve(event as T), { once: true });
    }
  });
}

/** The name of the exception that `act` throws. */
export function thrownName(act: () => unknown): string {
  try {
    act();
  } catch (error) {
    return error instanceof Error || error instanceof DOMException ? error.name : String(error);
  }
  return 'nothing';
}

/** All records a cursor visits. */
export function walk(
  request: IDBRequest<IDBCursor | null>,
  step: (cursor: IDBCursor) => void = (cursor) => cursor.continue(),
): Promise<{ key: unknown; primaryKey: unknown; value: unknown }[]> {
  return new Promise((resolve, reject) => {
    const seen: { key: unknown; primaryKey: unknown; value: unknown }[] = [];
    request.onerror = () => reject(request.error!);
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) {
        resolve(seen);
        return;
      }
      const { key, primaryKey } = cursor;
      seen.push({ key, primaryKey, value: (cursor as IDBCursorWithValue).value });
      step(cursor);
    };
  });
}
