import type { IndexSchema, StoreSchema, Stores } from '../constructs/schema';
import type { KeyPath } from '../keys/key-path';
import type { DatabaseRow, IndexRow, Storage, StoreRow } from './storage';

// A name is stored as its UTF-16 code units: a DOMString may hold what UTF-8 cannot.

/** The stored form of the name of a database, an object store or an index. */
export function encodeName(name: string): Buffer {
  return Buffer.from(name, 'utf16le');
}

function decodeName(bytes: Buffer): string {
  return bytes.toString('utf16le');
}

/** The stored form of a key path. */
export function encodeKeyPath(keyPath: KeyPath): string {
  return JSON.stringify(keyPath);
}

function decodeKeyPath(text: string): KeyPath {
  return JSON.parse(text) as KeyPath;
}

function toIndex(row: IndexRow): IndexSchema {
  return {
    id: row.id,
    name: decodeName(row.name),
    keyPath: decodeKeyPath(row.key_path),
    unique: row.is_unique === 1,
    multiEntry: row.multi_entry === 1,
    deleted: false,
  };
}

function toStore(row: StoreRow, indexes: readonly IndexSchema[]): StoreSchema {
  return {
    id: row.id,
    name: decodeName(row.name),
    keyPath: row.key_path === null ? null : decodeKeyPath(row.key_path),
    autoIncrement: row.auto_increment === 1,
    currentNumber: row.current_number,
    indexes: new Map(indexes.map((index) => [index.name, index])),
    deleted: false,
  };
}

/** The names, ids and versions of all databases in the file. */
export function readDatabases(storage: Storage): { id: number; name: string; version: number }[] {
  return storage
    .databases()
    .map(({ id, name, version }: DatabaseRow) => ({ id, name: decodeName(name), version }));
}

/** The object stores and indexes of a database. */
export function readStores(storage: Storage, database: number): Stores {
  const stores = storage
    .stores(database)
    .map((row) => toStore(row, storage.indexes(row.id).map(toIndex)));
  return new Map(stores.map((store) => [store.name, store]));
}
