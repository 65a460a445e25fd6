import type { Database } from './sqlite';
import { Databases } from './constructs/databases';
import { Engine } from './constructs/engine';
import { INTERNAL } from './constructs/internal';
import { reportException } from './events/event-target';
import { IDBFactory } from './idb-factory';

export interface IndexedDBOptions {
  /**
   * Told of exceptions that event listeners throw. By default they are thrown anew where nothing
   * catches them, as Node's own event targets do.
   */
  readonly reportException?: (error: unknown) => void;
}

const factories = new WeakMap<Database, IDBFactory>();

/**
 * Gives IndexedDB 3.0 on an open SQLite database, whose tables it creates where they are missing.
 * The database belongs to it from then on: no other code may begin transactions on the connection.
 * Asked again for the same connection, it gives the same factory.
 *
 * @throws RangeError when the tables were written by a newer version of this module.
 * @see https://w3c.github.io/IndexedDB/
 */
export function createIndexedDB(database: Database, options: IndexedDBOptions = {}): IDBFactory {
  let factory = factories.get(database);
  if (!factory) {
    const engine = new Engine(database, options.reportException ?? reportException);
    factory = new IDBFactory(INTERNAL, new Databases(engine));
    factories.set(database, factory);
  }
  return factory;
}
