/** The interface objects, as script and embedders see them; their classes stay inside. */
import { DOMStringList as DOMStringListClass } from './dom-string-list';
import { IDBCursor as CursorClass } from './idb-cursor';
import { IDBCursorWithValue as CursorWithValueClass } from './idb-cursor-with-value';
import { IDBDatabase as DatabaseClass } from './idb-database';
import { IDBFactory as FactoryClass } from './idb-factory';
import { IDBIndex as IndexClass } from './idb-index';
import { IDBKeyRange as KeyRangeClass } from './idb-key-range';
import { IDBObjectStore as ObjectStoreClass } from './idb-object-store';
import { IDBOpenDBRequest as OpenDBRequestClass } from './idb-open-db-request';
import { IDBRecord as RecordClass } from './idb-record';
import { IDBRequest as RequestClass } from './idb-request';
import { IDBTransaction as TransactionClass } from './idb-transaction';
import { IDBVersionChangeEvent as VersionChangeEventClass } from './idb-version-change-event';
import { defineInterface } from './web-idl-interface';

const READ_OPERATIONS = {
  get: 1,
  getKey: 1,
  getAll: 0,
  getAllKeys: 0,
  getAllRecords: 0,
  count: 0,
  openCursor: 0,
  openKeyCursor: 0,
} as const;

export const DOMStringList = defineInterface('DOMStringList', DOMStringListClass, {
  operations: { item: 1, contains: 1 },
});

export const IDBFactory = defineInterface('IDBFactory', FactoryClass, {
  operations: { open: 1, deleteDatabase: 1, databases: 0, cmp: 2 },
  promises: ['databases'],
});

export const IDBRequest = defineInterface('IDBRequest', RequestClass, { parent: EventTarget });

export const IDBOpenDBRequest = defineInterface('IDBOpenDBRequest', OpenDBRequestClass, {
  parent: IDBRequest,
});

export const IDBDatabase = defineInterface('IDBDatabase', DatabaseClass, {
  parent: EventTarget,
  operations: { transaction: 1, close: 0, createObjectStore: 1, deleteObjectStore: 1 },
});

export const IDBTransaction = defineInterface('IDBTransaction', TransactionClass, {
  parent: EventTarget,
  operations: { objectStore: 1, commit: 0, abort: 0 },
});

export const IDBObjectStore = defineInterface('IDBObjectStore', ObjectStoreClass, {
  operations: {
    ...READ_OPERATIONS,
    put: 1,
    add: 1,
    delete: 1,
    clear: 0,
    index: 1,
    createIndex: 2,
    deleteIndex: 1,
  },
});

export const IDBIndex = defineInterface('IDBIndex', IndexClass, { operations: READ_OPERATIONS });

export const IDBKeyRange = defineInterface('IDBKeyRange', KeyRangeClass, {
  operations: { includes: 1 },
  staticOperations: { only: 1, lowerBound: 1, upperBound: 1, bound: 2 },
});

export const IDBCursor = defineInterface('IDBCursor', CursorClass, {
  operations: { advance: 1, continue: 0, continuePrimaryKey: 2, update: 1, delete: 0 },
});

export const IDBCursorWithValue = defineInterface('IDBCursorWithValue', CursorWithValueClass, {
  parent: IDBCursor,
});

export const IDBRecord = defineInterface('IDBRecord', RecordClass);

export const IDBVersionChangeEvent = defineInterface(
  'IDBVersionChangeEvent',
  VersionChangeEventClass,
  { parent: Event, constructorLength: 1 },
);
