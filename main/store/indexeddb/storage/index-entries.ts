import type { Key } from '../keys/key';
import type { Database, Statement, WritingStatement } from '../sqlite';
import type { WriteCoordinator, Writer } from './write-coordinator';

/** An entry to be listed: under `key` of an index, the record `record` with `primaryKey`. */
export interface NewEntry {
  readonly index: number;
  readonly isUnique: boolean;
  readonly key: Key;
  readonly primaryKey: Key;
  readonly record: number;
}

/** Sorting as many takes some 100 ms and 20 MB for a moment. */
const MOST_UNSORTED = { rows: 65_536, bytes: 16 * 1024 * 1024 };

/**
 * Writes index entries, and has them in order for whoever reads.
 *
 * Entries of a transaction lie scattered over the whole tree of `idb_entry`: each would cost a page
 * of the tree, read, encrypted and written. So they are appended to `idb_unsorted`, and sorted into
 * the tree together: before an index is read, or when they have become many. A transaction that
 * reads or deletes entries does so on a sorted tree, and from then on writes into it. Entries of
 * unique indexes, which every write reads, always go into the tree.
 *
 * Where they can't be sorted, on a full disk above all, readers are told to read both tables.
 */
export class IndexEntries {
  readonly #database: Database;
  readonly #coordinator: WriteCoordinator;
  readonly #add: Statement;
  readonly #append: Statement;
  readonly #remove: Statement;
  readonly #sort: WritingStatement;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;
  readonly #most: { readonly rows: number; readonly bytes: number };
  /** At least as many as committed transactions have left unsorted. */
  #committedRows: number;
  #isSortingInVain = false;

  constructor(database: Database, coordinator: WriteCoordinator, most = MOST_UNSORTED) {
    this.#database = database;
    this.#most = most;
    this.#coordinator = coordinator;
    this.#add = database.prepare('INSERT INTO idb_entry VALUES (?, ?, ?, ?)');
    this.#append = database.prepare(
      'INSERT INTO idb_unsorted (index_id, key, primary_key, record) VALUES (?, ?, ?, ?)',
    );
    this.#remove = database.prepare(
      'DELETE FROM idb_entry WHERE index_id = ? AND key = ? AND primary_key = ?',
    );
    const take = database.prepare(
      'INSERT OR REPLACE INTO idb_entry SELECT index_id, key, primary_key, record FROM idb_unsorted ' +
        'ORDER BY index_id, key, primary_key',
    );
    const empty = database.prepare('DELETE FROM idb_unsorted');
    this.#sort = {
      run() {
        take.run();
        return empty.run();
      },
    };
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
    // Each alone is looked up; asked for together, SQLite would read the whole table.
    const first = '(SELECT min(id) FROM idb_unsorted)';
    const last = '(SELECT max(id) FROM idb_unsorted)';
    const rows = database.prepare(`SELECT ${last} - ${first} + 1`).pluck().get();
    this.#committedRows = typeof rows === 'number' ? rows : 0;
    coordinator.onCommit((writer) => this.#note(writer));
  }

  add(writer: Writer, { index, isUnique, key, primaryKey, record }: NewEntry): void {
    const parameters = [index, key, primaryKey, record];
    if (isUnique || writer.entries.isSorted) {
      this.#coordinator.write(writer, this.#add, parameters);
      return;
    }
    this.#coordinator.write(writer, this.#append, parameters);
    const { entries } = writer;
    entries.rows += 1;
    entries.bytes += key.length + primaryKey.length;
    if (this.#committedRows + entries.rows > this.#most.rows || entries.bytes > this.#most.bytes) {
      this.#sortWithin(writer);
    }
  }

  remove(writer: Writer, index: number, isUnique: boolean, key: Key, primaryKey: Key): void {
    if (!isUnique) this.#sortFor(writer);
    this.#coordinator.write(writer, this.#remove, [index, key, primaryKey]);
  }

  /**
   * Has all entries in the tree for a transaction that reads, by its writer if it has one.
   *
   * @returns whether they are; if not, `idb_unsorted` must be read as well
   */
  prepareToRead(writer: Writer | null): boolean {
    if (writer && (writer.entries.rows > 0 || writer.hasWritten)) {
      this.#sortFor(writer);
      return true;
    }
    if (this.#committedRows === 0) return true;
    if (this.#isSortingInVain || !this.#coordinator.admits) return false;
    try {
      this.#coordinator.runBeside(() => this.#sortNow(), 'relaxed');
      this.#committedRows = 0;
      return true;
    } catch {
      // Nothing is lost: they stay where they are, and are read there.
      this.#isSortingInVain = true;
      return false;
    }
  }

  /** From here on the transaction finds, and puts, its entries in the tree. */
  #sortFor(writer: Writer): void {
    if (writer.entries.isSorted) return;
    if (writer.entries.rows === 0 && this.#committedRows === 0) return;
    this.#sortWithin(writer);
    writer.entries.isSorted = true;
  }

  #sortWithin(writer: Writer): void {
    this.#coordinator.write(writer, this.#sort, []);
    Object.assign(writer.entries, { rows: 0, bytes: 0, hasTakenIn: true });
  }

  // A power cut may undo it: sorted or not, the entries are there.
  #sortNow(): void {
    this.#begin.run();
    try {
      this.#sort.run();
      this.#commit.run();
    } catch (error) {
      if (this.#database.inTransaction) this.#rollback.run();
      throw error;
    }
  }

  #note({ entries }: Writer): void {
    this.#committedRows = (entries.hasTakenIn ? 0 : this.#committedRows) + entries.rows;
    // Writing works again.
    this.#isSortingInVain = false;
  }
}
