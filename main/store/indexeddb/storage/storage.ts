import type { Database, Statement, WritingStatement } from '../sqlite';
import type { Key } from '../keys/key';
import { prepareLayout } from './layout';

/** Where a scan begins or ends: a key, and in an index a primary key under that key. */
export interface Bound {
  readonly key: Key;
  readonly primaryKey: Key;
}

/** A half-open interval of keys: `lower` belongs to it, `upper` does not. */
export interface Interval {
  readonly lower: Key;
  readonly upper: Key;
  /** The one key of the interval, where it has but one: a store looks it up at once. */
  readonly only?: Key;
}

/** A record as a scan gives it; in a store `primaryKey` is `key`. `value` is null where not asked. */
export interface Row {
  readonly key: Key;
  readonly primaryKey: Key;
  readonly value: Buffer | null;
}

interface StoredValue {
  readonly id: number;
  readonly value: Buffer;
}

interface NamedRow {
  readonly id: number;
  readonly name: Buffer;
}

export interface DatabaseRow extends NamedRow {
  readonly version: number;
}

export interface StoreRow extends NamedRow {
  readonly key_path: string | null;
  readonly auto_increment: number;
  readonly current_number: number;
}

export interface IndexRow extends NamedRow {
  readonly key_path: string;
  readonly is_unique: number;
  readonly multi_entry: number;
}

type RawRow = [key: Buffer, primaryKey: Buffer, value: Buffer | null];

const RECORD_VALUE = 'r.key, r.key, r.value FROM idb_record r WHERE r.store = ?';
const RECORD_KEY = 'r.key, r.key, NULL FROM idb_record r WHERE r.store = ?';
const VALUE_OF_ENTRY = '(SELECT value FROM idb_record WHERE id = record)';
const entriesFrom = (table: string): string =>
  `SELECT key, primary_key, record FROM ${table} WHERE index_id = ? ` +
  'AND (key, primary_key) >= (?, ?) AND (key, primary_key) < (?, ?)';
const countFrom = (table: string): string =>
  `SELECT count(*) FROM ${table} WHERE index_id = ? AND key >= ? AND key < ?`;

/** A reading statement whose rows have a known form. */
class Query<T> {
  readonly #statement: Statement;

  constructor(statement: Statement) {
    this.#statement = statement;
  }

  get(...parameters: readonly unknown[]): T | undefined {
    return this.#statement.get(...parameters) as T | undefined;
  }

  all(...parameters: readonly unknown[]): T[] {
    return this.#statement.all(...parameters) as T[];
  }
}

/** The statements over the tables of `layout.ts`: reading ones run here, writing ones are given out. */
export class Storage {
  readonly #database: Database;
  readonly #scans = new Map<string, Query<RawRow>>();
  #nextRecordId: number;
  #nextSchemaId: number;

  readonly writes;
  readonly #reads;

  constructor(database: Database) {
    prepareLayout(database);
    this.#database = database;
    const prepare = (sql: string): Statement => database.prepare(sql);
    this.writes = {
      createDatabase: prepare('INSERT INTO idb_database (id, name, version) VALUES (?, ?, ?)'),
      setVersion: prepare('UPDATE idb_database SET version = ? WHERE id = ?'),
      deleteDatabase: prepare('DELETE FROM idb_database WHERE id = ?'),
      createStore: prepare('INSERT INTO idb_store VALUES (?, ?, ?, ?, ?, ?)'),
      renameStore: prepare('UPDATE idb_store SET name = ? WHERE id = ?'),
      deleteStore: prepare('DELETE FROM idb_store WHERE id = ?'),
      setCurrentNumber: prepare('UPDATE idb_store SET current_number = ? WHERE id = ?'),
      createIndex: prepare('INSERT INTO idb_index VALUES (?, ?, ?, ?, ?, ?)'),
      renameIndex: prepare('UPDATE idb_index SET name = ? WHERE id = ?'),
      deleteIndex: prepare('DELETE FROM idb_index WHERE id = ?'),
      addRecord: prepare(
        'INSERT INTO idb_record (id, store, key, value) VALUES (?, ?, ?, ?) ' +
          'ON CONFLICT (store, key) DO NOTHING',
      ),
      putRecord: prepare(
        'INSERT INTO idb_record (id, store, key, value) VALUES (?, ?, ?, ?) ' +
          'ON CONFLICT (store, key) DO UPDATE SET value = excluded.value',
      ),
      replaceValue: prepare('UPDATE idb_record SET value = ? WHERE id = ?'),
      deleteRecord: prepare('DELETE FROM idb_record WHERE id = ?'),
      deleteRecords: prepare('DELETE FROM idb_record WHERE store = ? AND key >= ? AND key < ?'),
      clearStore: prepare('DELETE FROM idb_record WHERE store = ?'),
      clearIndex: inTurn(
        prepare('DELETE FROM idb_entry WHERE index_id = ?'),
        prepare('DELETE FROM idb_unsorted WHERE index_id = ?'),
      ),
    } as const;
    const query = <T>(sql: string): Query<T> => new Query<T>(database.prepare(sql));
    const column = <T>(sql: string): Query<T> => new Query<T>(database.prepare(sql).pluck());
    this.#reads = {
      databases: query<DatabaseRow>('SELECT * FROM idb_database'),
      stores: query<StoreRow>('SELECT * FROM idb_store WHERE database = ?'),
      indexes: query<IndexRow>('SELECT * FROM idb_index WHERE store = ?'),
      record: query<StoredValue>('SELECT id, value FROM idb_record WHERE store = ? AND key = ?'),
      recordId: column<number>('SELECT id FROM idb_record WHERE store = ? AND key = ?'),
      entryOfOther: column<number>(
        'SELECT 1 FROM idb_entry WHERE index_id = ? AND key = ? AND primary_key <> ? LIMIT 1',
      ),
      countRecords: column<number>(
        'SELECT count(*) FROM idb_record WHERE store = ? AND key >= ? AND key < ?',
      ),
      countEntries: column<number>(countFrom('idb_entry')),
      countUnsorted: column<number>(countFrom('idb_unsorted')),
    } as const;
    this.#nextRecordId = this.#next('SELECT max(id) FROM idb_record');
    this.#nextSchemaId = this.#next(
      'SELECT max(id) FROM (SELECT max(id) id FROM idb_database UNION ALL ' +
        'SELECT max(id) FROM idb_store UNION ALL SELECT max(id) FROM idb_index)',
    );
  }

  #next(sql: string): number {
    const largest = this.#database.prepare(sql).pluck().get();
    return typeof largest === 'number' ? largest + 1 : 1;
  }

  // Ids are given out here, not by SQLite, so that a write done again after a rollback is the same.

  /** A new id for a record. */
  newRecordId(): number {
    return this.#nextRecordId++;
  }

  /** A new id for a database, an object store or an index. */
  newSchemaId(): number {
    return this.#nextSchemaId++;
  }

  databases(): DatabaseRow[] {
    return this.#reads.databases.all();
  }

  stores(database: number): StoreRow[] {
    return this.#reads.stores.all(database);
  }

  indexes(store: number): IndexRow[] {
    return this.#reads.indexes.all(store);
  }

  record(store: number, key: Key): StoredValue | undefined {
    return this.#reads.record.get(store, key);
  }

  recordId(store: number, key: Key): number | undefined {
    return this.#reads.recordId.get(store, key);
  }

  /** Whether an index lists `key` for a record other than the one with `primaryKey`. */
  hasEntryOfOther(index: number, key: Key, primaryKey: Key): boolean {
    return this.#reads.entryOfOther.get(index, key, primaryKey) !== undefined;
  }

  countRecords(store: number, { lower, upper }: Interval): number {
    return this.#reads.countRecords.get(store, lower, upper) ?? 0;
  }

  /** Counts the entries of an interval, with `isSorted` unset those in `idb_unsorted` too. */
  countEntries(index: number, { lower, upper }: Interval, isSorted: boolean): number {
    const sorted = this.#reads.countEntries.get(index, lower, upper) ?? 0;
    if (isSorted) return sorted;
    return sorted + (this.#reads.countUnsorted.get(index, lower, upper) ?? 0);
  }

  /** At most `limit` records of a store in key order, or the reverse, the first `skip` left out. */
  scanStore(
    store: number,
    { lower, upper }: Interval,
    reverse: boolean,
    withValues: boolean,
    limit: number,
    skip = 0,
  ): Row[] {
    const order = reverse ? 'DESC' : 'ASC';
    const scan = this.#scan(
      `SELECT ${withValues ? RECORD_VALUE : RECORD_KEY} AND r.key >= ? AND r.key < ? ` +
        `ORDER BY r.key ${order} LIMIT ? OFFSET ?`,
    );
    return scan.all(store, lower, upper, limit, skip).map(toRow);
  }

  /**
   * At most `limit` entries of an index between two bounds (`from` belongs to the interval, `to`
   * does not), by key and then primary key, or the reverse, the first `skip` left out. With
   * `isSorted` unset, those in `idb_unsorted` too.
   */
  scanIndex(
    { index, isSorted }: { readonly index: number; readonly isSorted: boolean },
    from: Bound,
    to: Bound,
    reverse: boolean,
    withValues: boolean,
    limit: number,
    skip = 0,
  ): Row[] {
    const order = reverse ? 'DESC' : 'ASC';
    const sorted = entriesFrom('idb_entry');
    const entries = isSorted ? sorted : `${sorted} UNION ALL ${entriesFrom('idb_unsorted')}`;
    const scan = this.#scan(
      `SELECT key, primary_key, ${withValues ? VALUE_OF_ENTRY : 'NULL'} FROM (${entries}) ` +
        `ORDER BY key ${order}, primary_key ${order} LIMIT ? OFFSET ?`,
    );
    const bounds = [index, from.key, from.primaryKey, to.key, to.primaryKey];
    return scan.all(...bounds, ...(isSorted ? [] : bounds), limit, skip).map(toRow);
  }

  #scan(sql: string): Query<RawRow> {
    let scan = this.#scans.get(sql);
    if (!scan) {
      scan = new Query<RawRow>(this.#database.prepare(sql).raw());
      this.#scans.set(sql, scan);
    }
    return scan;
  }
}

/** Both statements as one, for the log of a transaction's writes. */
function inTurn(first: WritingStatement, second: WritingStatement): WritingStatement {
  return {
    run(...parameters) {
      first.run(...parameters);
      return second.run(...parameters);
    },
  };
}

function toRow([key, primaryKey, value]: RawRow): Row {
  return { key, primaryKey, value };
}
