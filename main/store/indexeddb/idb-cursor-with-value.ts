import { IDBCursor, currentValue } from './idb-cursor';

/** @see https://w3c.github.io/IndexedDB/#cursor-interface */
export class IDBCursorWithValue extends IDBCursor {
  get value(): unknown {
    return currentValue(this);
  }
}
