import { DOMStringList } from './dom-string-list';
import type { DomIDBFactory } from './dom-types';
import { IDBCursor } from './idb-cursor';
import { IDBCursorWithValue } from './idb-cursor-with-value';
import { IDBDatabase } from './idb-database';
import { IDBFactory } from './idb-factory';
import { IDBIndex } from './idb-index';
import { IDBKeyRange } from './idb-key-range';
import { IDBObjectStore } from './idb-object-store';
import { IDBOpenDBRequest } from './idb-open-db-request';
import { IDBRecord } from './idb-record';
import { IDBRequest } from './idb-request';
import { IDBTransaction } from './idb-transaction';
import { IDBVersionChangeEvent } from './idb-version-change-event';

const INTERFACES = {
  DOMStringList,
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
};

/**
 * Puts `indexedDB` and the interface objects on a global object, as a browser has them: libraries
 * look the factory up there, and test what they get with `instanceof`.
 */
export function installIndexedDBGlobals(target: object, factory: DomIDBFactory): void {
  for (const [name, value] of Object.entries({ ...INTERFACES, indexedDB: factory })) {
    Object.defineProperty(target, name, {
      value,
      writable: true,
      enumerable: false,
      configurable: true,
    });
  }
}
