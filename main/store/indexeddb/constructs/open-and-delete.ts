import { nextTask, queueTask } from '../event-loop';
import { DatabaseEvent } from '../events/database-event';
import { fireAndWait } from '../events/dispatch';
import { IDBDatabase, openUpgradeHandle } from '../idb-database';
import type { IDBOpenDBRequest } from '../idb-open-db-request';
import { fail, makePending, setTransaction, succeed } from '../idb-request';
import { IDBVersionChangeEvent } from '../idb-version-change-event';
import { encodeName } from '../storage/catalog';
import { Connection } from './connection';
import type { Databases } from './databases';
import { exception } from './exceptions';
import { INTERNAL } from './internal';
import type { OpenConnection, OpenDatabase } from './open-database';
import { copyStores } from './schema';
import { Transaction } from './transaction';

/**
 * Opens a database for a request, and fires the request's events.
 *
 * @see https://w3c.github.io/IndexedDB/#open-a-database-connection
 */
export async function processOpen(
  databases: Databases,
  name: string,
  version: number | undefined,
  request: IDBOpenDBRequest,
): Promise<void> {
  const { report } = databases.engine;
  try {
    await nextTask();
    const connection = await open(databases, name, version, request);
    succeed(request, connection);
    await fireAndWait(new DatabaseEvent('success'), request, report);
  } catch (error) {
    await failRequest(databases, request, error);
  }
}

/**
 * Deletes a database for a request, and fires the request's events.
 *
 * @see https://w3c.github.io/IndexedDB/#delete-a-database
 */
export async function processDelete(
  databases: Databases,
  name: string,
  request: IDBOpenDBRequest,
): Promise<void> {
  const { report } = databases.engine;
  try {
    await nextTask();
    const oldVersion = await remove(databases, name, request);
    succeed(request, undefined);
    await fireAndWait(versionChange('success', oldVersion, null), request, report);
  } catch (error) {
    await failRequest(databases, request, error);
  }
}

async function failRequest(
  databases: Databases,
  request: IDBOpenDBRequest,
  error: unknown,
): Promise<void> {
  fail(request, databases.engine.storageException(error));
  const event = new DatabaseEvent('error', { bubbles: true, cancelable: true });
  await fireAndWait(event, request, databases.engine.report);
}

function versionChange(type: string, oldVersion: number, newVersion: number | null): Event {
  return new IDBVersionChangeEvent(type, { oldVersion, newVersion });
}

async function open(
  databases: Databases,
  name: string,
  wanted: number | undefined,
  request: IDBOpenDBRequest,
): Promise<IDBDatabase> {
  const existing = databases.get(name);
  const version = wanted ?? existing?.version ?? 1;
  if (existing && existing.version > version) {
    throw exception(
      'VersionError',
      `Version ${version} was asked for, ${existing.version} is there`,
    );
  }
  const database = existing ?? databases.create(name);
  const connection = new Connection(database, version);
  const handle = new IDBDatabase(INTERNAL, connection);
  if (database.version === version) return handle;
  try {
    await waitForOthersToClose(database, connection, version, request);
    await upgrade(databases, connection, handle, request);
  } finally {
    if (database.version === 0) databases.forget(name);
  }
  return handle;
}

async function remove(
  databases: Databases,
  name: string,
  request: IDBOpenDBRequest,
): Promise<number> {
  const database = databases.get(name);
  if (!database) return 0;
  await waitForOthersToClose(database, null, null, request);
  await databases.engine.whenWriterAdmitted();
  erase(database);
  databases.forget(name);
  return database.version;
}

/** Tells the other connections, waits a task for each, and then for their closing. */
async function waitForOthersToClose(
  database: OpenDatabase,
  except: Connection | null,
  version: number | null,
  request: IDBOpenDBRequest,
): Promise<void> {
  const { report } = database.engine;
  for (const other of [...database.connections]) {
    if (other === except || isClosing(other)) continue;
    await nextTask();
    if (isClosing(other)) continue;
    await fireAndWait(
      versionChange('versionchange', database.version, version),
      other.handle,
      report,
    );
  }
  if (database.isOpen(except)) {
    // Decided here: what closes in a task of its own is told of, though it may run before.
    await nextTask();
    await fireAndWait(versionChange('blocked', database.version, version), request, report);
  }
  await database.whenClosed(except);
}

function isClosing(connection: OpenConnection): boolean {
  return connection.isClosePending;
}

/** @see https://w3c.github.io/IndexedDB/#run-an-upgrade-transaction */
async function upgrade(
  databases: Databases,
  connection: Connection,
  handle: IDBDatabase,
  request: IDBOpenDBRequest,
): Promise<void> {
  const { database, version } = connection;
  const { version: oldVersion, stores: oldStores } = database;
  connection.stores = copyStores(oldStores);
  const scope = new Set(connection.stores.values());
  const transaction = new Transaction(connection, 'versionchange', 'default', scope);
  openUpgradeHandle(transaction, handle);
  connection.upgradeTransaction = transaction;
  await nextTask();
  writeVersion(transaction, database, oldVersion, version);
  database.version = version;
  transaction.onAbort(() => {
    database.version = oldVersion;
    connection.version = oldVersion;
  });
  succeed(request, handle);
  setTransaction(request, transaction.handle);
  const finished = new Promise<void>((resolve) => transaction.whenFinished(resolve));
  // Queued before the last event's listeners queue any: whoever asked for the database learns of
  // its opening before the transactions that they begin make progress.
  const answerTask = new Promise<void>((resolve) => {
    transaction.whenEnding(() => queueTask(resolve));
  });
  transaction.fireUpgradeNeeded(versionChange('upgradeneeded', oldVersion, version), request);
  connection.enter(transaction);
  await finished;
  setTransaction(request, null);
  if (transaction.isAborted) {
    makePending(request);
    connection.close();
    throw exception('AbortError', 'The upgrade was aborted');
  }
  database.stores = connection.stores;
  databases.noteVersion(database.name, version);
  await answerTask;
  if (connection.isClosePending) throw exception('AbortError', 'The connection was closed');
}

function writeVersion(
  transaction: Transaction,
  database: OpenDatabase,
  oldVersion: number,
  version: number,
): void {
  const { writes } = database.engine.storage;
  transaction.placeSchemaChange(() => {
    if (oldVersion === 0) {
      transaction.write(writes.createDatabase, database.id, encodeName(database.name), version);
    } else {
      transaction.write(writes.setVersion, version, database.id);
    }
  });
}

function erase(database: OpenDatabase): void {
  const { storage, writes: coordinator } = database.engine;
  const { writes } = storage;
  const writer = coordinator.join();
  try {
    for (const store of database.stores.values()) {
      for (const index of store.indexes.values()) {
        coordinator.write(writer, writes.clearIndex, [index.id]);
        coordinator.write(writer, writes.deleteIndex, [index.id]);
      }
      coordinator.write(writer, writes.clearStore, [store.id]);
      coordinator.write(writer, writes.deleteStore, [store.id]);
    }
    coordinator.write(writer, writes.deleteDatabase, [database.id]);
    coordinator.commit(writer);
  } catch (error) {
    coordinator.rollback(writer);
    throw error;
  }
}
