/**
 * The SDK's store of what syncs brought, which holds the token a restart begins at. Two things are
 * different here. Once the sync is halted, no further token is taken in or written. And a write that
 * fails is not the end of the store: the SDK would delete all it had saved, which on a full disk
 * costs the person their rooms offline, and go on in memory. Here the next save writes all of it.
 */
import { IndexedDBStore } from 'matrix-js-sdk';
import { never, type SyncHalt } from './sync-halt';

export function guardedSyncStore(
  indexedDB: IDBFactory,
  dbName: string,
  halt: SyncHalt,
): IndexedDBStore {
  const store = new IndexedDBStore({ indexedDB, dbName });
  const { backend } = store;
  const takeIn = backend.setSyncData.bind(backend);
  const write = backend.syncToDatabase.bind(backend);
  backend.setSyncData = (response) => (halt.isHalted ? never() : takeIn(response));
  backend.syncToDatabase = async (users) => {
    if (halt.isHalted) return;
    // The database has told of it to whoever watches the storage.
    await write(users).catch(() => undefined);
  };
  backend.clearDatabase = () => Promise.resolve();
  return store;
}
