import type { Database } from './sqlite';
import { Databases } from './constructs/databases';
import { Engine } from './constructs/engine';
import type { HoldBack } from './constructs/hold-back';
import { INTERNAL } from './constructs/internal';
import type { DomIDBFactory } from './dom-types';
import { reportException } from './events/event-target';
import { IDBFactory } from './idb-factory';

export interface IndexedDBOptions {
  /**
   * Told of exceptions that event listeners throw. By default they are thrown anew where nothing
   * catches them, as Node's own event targets do.
   */
  readonly reportException?: (error: unknown) => void;
  /**
   * Told, before any event of it is fired, of what SQLite threw at a request, a transaction or an
   * opening: whoever must act before their callers do learns it here.
   */
  readonly onStorageError?: (error: unknown) => void;
}

const factories = new WeakMap<Database, DomIDBFactory>();
const internals = new WeakMap<DomIDBFactory, Databases>();

/**
 * Gives IndexedDB 3.0 on an open SQLite database, whose tables it creates where they are missing.
 * The database belongs to it from then on: no other code may begin transactions on the connection.
 * Asked again for the same connection, it gives the same factory.
 *
 * @throws RangeError when the tables were written by a newer version of this module.
 * @see https://w3c.github.io/IndexedDB/
 */
export function createIndexedDB(database: Database, options: IndexedDBOptions = {}): DomIDBFactory {
  let factory = factories.get(database);
  if (!factory) {
    const engine = new Engine(
      database,
      options.reportException ?? reportException,
      options.onStorageError,
    );
    const databases = new Databases(engine);
    // The DOM's declarations overload the listeners' types by event, which classes cannot repeat.
    factory = new IDBFactory(INTERNAL, databases) as unknown as DomIDBFactory;
    factories.set(database, factory);
    internals.set(factory, databases);
  }
  return factory;
}

/**
 * Closes all connections by force: unfinished transactions are aborted, and each connection gets a
 * `close` event. Afterwards the SQLite database may be closed.
 *
 * @see https://w3c.github.io/IndexedDB/#close-a-database-connection
 */
export function closeIndexedDB(factory: DomIDBFactory): void {
  for (const database of databasesOf(factory).opened()) {
    for (const connection of database.connections) connection.close(true);
  }
}

/**
 * Runs a write of the embedder's own on the database that IndexedDB uses, as a transaction of its
 * own: it lasts even if a transaction of IndexedDB that is under way aborts. `work` runs statements,
 * begins no transaction, and may be run a second time.
 */
export function runBeside(factory: DomIDBFactory, work: () => void): void {
  databasesOf(factory).engine.writes.runBeside(work);
}

/**
 * From now on, transactions whose scope lies within `stores` (their names, in all databases) complete
 * before they are permanent: they become so with the next one that has one of these stores in its
 * scope and others beside, or by `keep()`, and until then a process that ends loses them. For a
 * caller that saves in several steps what must be on the disk as a whole or not at all. Asked for
 * again, it ends the time before, and undoes what nobody has kept.
 */
export function holdBack(
  factory: DomIDBFactory,
  stores: ReadonlySet<string>,
): Pick<HoldBack, 'keep' | 'drop'> {
  return databasesOf(factory).engine.beginHoldBack(stores);
}

function databasesOf(factory: DomIDBFactory): Databases {
  const databases = internals.get(factory);
  if (!databases) throw new TypeError('The factory was not made by createIndexedDB');
  return databases;
}
