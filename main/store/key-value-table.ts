import type Database from 'better-sqlite3-multiple-ciphers';
import { runBeside } from './indexeddb';
import { toStoreError } from './store-error';

/** Few, small, durable values by name. */
export interface KeyValueTable {
  /** The value, newly parsed; undefined where there is none. */
  get(key: string): unknown;
  /**
   * Stores a JSON value; returns when it is as durable as the database's commits.
   *
   * @throws StoreError
   */
  set(key: string, value: unknown): void;
  delete(key: string): void;
}

/** The table's schema, for the migrations of the database it lies in. */
export const KEY_VALUE_SCHEMA = `
CREATE TABLE record (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID, STRICT
`;

/**
 * Opens the table of {@link KEY_VALUE_SCHEMA} in a database that IndexedDB uses too. Its writes are
 * transactions of their own and do not depend on how those of IndexedDB end.
 */
export function openKeyValueTable(
  database: Database,
  indexedDB: IDBFactory,
  /** Told of what SQLite threw, before the caller is. */
  onStorageError: (error: unknown) => void = () => undefined,
): KeyValueTable {
  const select = database.prepare('SELECT value FROM record WHERE key = ?').pluck();
  const upsert = database.prepare(
    'INSERT INTO record VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
  );
  const remove = database.prepare('DELETE FROM record WHERE key = ?');
  const attempt = <Result>(work: () => Result): Result => {
    try {
      return work();
    } catch (error) {
      onStorageError(error);
      throw toStoreError(error, 'records');
    }
  };
  const write = (work: () => void): void => {
    attempt(() => {
      runBeside(indexedDB, work);
    });
  };
  return {
    get(key) {
      const text = attempt(() => select.get(key));
      return typeof text === 'string' ? (JSON.parse(text) as unknown) : undefined;
    },
    set(key, value) {
      const text: unknown = JSON.stringify(value);
      if (typeof text !== 'string') throw new TypeError('The value has no JSON form');
      write(() => upsert.run(key, text));
    },
    delete(key) {
      write(() => remove.run(key));
    },
  };
}
