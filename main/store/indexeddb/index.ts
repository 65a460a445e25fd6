export {
  closeIndexedDB,
  createIndexedDB,
  runBeside,
  type IndexedDBOptions,
} from './create-indexeddb';
export { installIndexedDBGlobals } from './install-globals';
export { IDBCursor } from './idb-cursor';
export { IDBCursorWithValue } from './idb-cursor-with-value';
export { IDBDatabase } from './idb-database';
export { IDBFactory } from './idb-factory';
export { IDBIndex } from './idb-index';
export { IDBKeyRange } from './idb-key-range';
export { IDBObjectStore } from './idb-object-store';
export { IDBOpenDBRequest } from './idb-open-db-request';
export { IDBRecord } from './idb-record';
export { IDBRequest } from './idb-request';
export { IDBTransaction } from './idb-transaction';
export { IDBVersionChangeEvent } from './idb-version-change-event';
