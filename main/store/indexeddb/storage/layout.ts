import type { Database } from '../sqlite';

// Values lie in a rowid table behind a unique (store, key) index: a page of that index holds many
// keys, and writing a value of some kB does not rebalance the tree that orders the keys. Index
// entries are small and are always read in order, so their table is its own index.
// Names are UTF-16 bytes, since a DOMString may hold lone surrogates that UTF-8 cannot.
const FIRST_TABLES = `
CREATE TABLE idb_layout (version INTEGER NOT NULL);
CREATE TABLE idb_database (
  id INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE,
  version INTEGER NOT NULL
);
CREATE TABLE idb_store (
  id INTEGER PRIMARY KEY,
  database INTEGER NOT NULL,
  name BLOB NOT NULL,
  key_path TEXT,
  auto_increment INTEGER NOT NULL,
  current_number INTEGER NOT NULL
);
CREATE TABLE idb_index (
  id INTEGER PRIMARY KEY,
  store INTEGER NOT NULL,
  name BLOB NOT NULL,
  key_path TEXT NOT NULL,
  is_unique INTEGER NOT NULL,
  multi_entry INTEGER NOT NULL
);
CREATE TABLE idb_record (
  id INTEGER PRIMARY KEY,
  store INTEGER NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL
);
CREATE UNIQUE INDEX idb_record_key ON idb_record (store, key);
CREATE TABLE idb_entry (
  index_id INTEGER NOT NULL,
  key BLOB NOT NULL,
  primary_key BLOB NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (index_id, key, primary_key)
) WITHOUT ROWID;
INSERT INTO idb_layout VALUES (0);
`;

// Index entries in the order of writing, which idb_entry takes in by the thousand (see
// index-entries.ts).
const UNSORTED_ENTRIES = `
CREATE TABLE idb_unsorted (
  id INTEGER PRIMARY KEY,
  index_id INTEGER NOT NULL,
  key BLOB NOT NULL,
  primary_key BLOB NOT NULL,
  record INTEGER NOT NULL
);
`;

/** The n-th step takes the tables from version n to n + 1. One that was released never changes. */
const STEPS: readonly string[] = [FIRST_TABLES, UNSORTED_ENTRIES];

/** The version of the tables that this module reads and writes. */
export const LAYOUT_VERSION = STEPS.length;

/**
 * Creates the tables, or brings those of an earlier version to {@link LAYOUT_VERSION}: within the
 * transaction that is under way, or in one of its own, which a failure rolls back.
 *
 * @throws RangeError when they were written by a newer version of this module; nothing is written.
 */
export function prepareLayout(database: Database): void {
  const found = layoutVersion(database);
  if (found > LAYOUT_VERSION) {
    throw new RangeError(
      `The IndexedDB tables have version ${found}, newer than ${LAYOUT_VERSION}`,
    );
  }
  if (found === LAYOUT_VERSION) return;
  if (database.inTransaction) {
    takeSteps(database, found);
    return;
  }
  database.exec('BEGIN IMMEDIATE');
  try {
    takeSteps(database, found);
    database.exec('COMMIT');
  } finally {
    rollBackIfOpen(database);
  }
}

function rollBackIfOpen(database: Database): void {
  if (database.inTransaction) database.exec('ROLLBACK');
}

function takeSteps(database: Database, from: number): void {
  for (const step of STEPS.slice(from)) database.exec(step);
  database.prepare('UPDATE idb_layout SET version = ?').run(LAYOUT_VERSION);
}

/** The version of the tables in a file; 0 where there are none. */
function layoutVersion(database: Database): number {
  const exists = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'idb_layout'")
    .get();
  if (exists === undefined) return 0;
  return Number(database.prepare('SELECT max(version) FROM idb_layout').pluck().get());
}
