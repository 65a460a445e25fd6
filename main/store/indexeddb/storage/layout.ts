import type { Database } from '../sqlite';

/** The version of the tables below; a file with a higher one is refused. */
const LAYOUT_VERSION = 1;

// Values lie in a rowid table behind a unique (store, key) index: a page of that index holds many
// keys, and writing a value of some kB does not rebalance the tree that orders the keys. Index
// entries are small and are always read in order, so their table is its own index.
// Names are UTF-16 bytes, since a DOMString may hold lone surrogates that UTF-8 cannot.
const TABLES = `
CREATE TABLE IF NOT EXISTS idb_layout (version INTEGER NOT NULL);
CREATE TABLE IF NOT EXISTS idb_database (
  id INTEGER PRIMARY KEY,
  name BLOB NOT NULL UNIQUE,
  version INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS idb_store (
  id INTEGER PRIMARY KEY,
  database INTEGER NOT NULL,
  name BLOB NOT NULL,
  key_path TEXT,
  auto_increment INTEGER NOT NULL,
  current_number INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS idb_index (
  id INTEGER PRIMARY KEY,
  store INTEGER NOT NULL,
  name BLOB NOT NULL,
  key_path TEXT NOT NULL,
  is_unique INTEGER NOT NULL,
  multi_entry INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS idb_record (
  id INTEGER PRIMARY KEY,
  store INTEGER NOT NULL,
  key BLOB NOT NULL,
  value BLOB NOT NULL
);
CREATE UNIQUE INDEX IF NOT EXISTS idb_record_key ON idb_record (store, key);
CREATE TABLE IF NOT EXISTS idb_entry (
  index_id INTEGER NOT NULL,
  key BLOB NOT NULL,
  primary_key BLOB NOT NULL,
  record INTEGER NOT NULL,
  PRIMARY KEY (index_id, key, primary_key)
) WITHOUT ROWID;
`;

/**
 * Creates the tables where they are missing.
 *
 * @throws RangeError when the tables were written by a newer version of this module.
 */
export function prepareLayout(database: Database): void {
  const exists = database
    .prepare("SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'idb_layout'")
    .get();
  if (exists !== undefined) {
    const found = database.prepare('SELECT max(version) FROM idb_layout').pluck().get();
    if (typeof found === 'number' && found > LAYOUT_VERSION) {
      throw new RangeError(
        `The IndexedDB tables have version ${found}, newer than ${LAYOUT_VERSION}`,
      );
    }
    if (typeof found === 'number') return;
  }
  database.exec(
    `BEGIN IMMEDIATE; ${TABLES} INSERT INTO idb_layout VALUES (${LAYOUT_VERSION}); COMMIT`,
  );
}
