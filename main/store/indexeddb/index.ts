export {
  closeIndexedDB,
  createIndexedDB,
  holdBack,
  runBeside,
  type IndexedDBOptions,
} from './create-indexeddb';
export { installIndexedDBGlobals } from './install-globals';
export {
  IDBCursor,
  IDBCursorWithValue,
  IDBDatabase,
  IDBFactory,
  IDBIndex,
  IDBKeyRange,
  IDBObjectStore,
  IDBOpenDBRequest,
  IDBRecord,
  IDBRequest,
  IDBTransaction,
  IDBVersionChangeEvent,
} from './interfaces';
export { LAYOUT_VERSION, prepareLayout as prepareIndexedDB } from './storage/layout';
