import { readDatabases, readStores } from '../storage/catalog';
import type { Engine } from './engine';
import { OpenDatabase } from './open-database';

interface Known {
  readonly id: number;
  /** The version that the file holds; an upgrade that is under way does not show here. */
  version: number;
  open: OpenDatabase | null;
}

/** The databases of a file by name. */
export class Databases {
  readonly #known: Map<string, Known>;

  constructor(readonly engine: Engine) {
    this.#known = new Map(
      readDatabases(engine.storage).map(({ name, id, version }) => [
        name,
        { id, version, open: null },
      ]),
    );
  }

  /** Names and versions, as the file holds them. */
  list(): IDBDatabaseInfo[] {
    return [...this.#known]
      .filter(([, { version }]) => version > 0)
      .map(([name, { version }]) => ({ name, version }));
  }

  get(name: string): OpenDatabase | null {
    const known = this.#known.get(name);
    if (!known) return null;
    const { id, version } = known;
    const { engine } = this;
    known.open ??= new OpenDatabase(engine, id, name, {
      version,
      stores: readStores(engine.storage, id),
    });
    return known.open;
  }

  /** A new database of version 0, which its first upgrade writes down. */
  create(name: string): OpenDatabase {
    const id = this.engine.storage.newSchemaId();
    const open = new OpenDatabase(this.engine, id, name, { version: 0, stores: new Map() });
    this.#known.set(name, { id, version: 0, open });
    return open;
  }

  /** Notes the version that a finished upgrade has written down. */
  noteVersion(name: string, version: number): void {
    const known = this.#known.get(name);
    if (known) known.version = version;
  }

  forget(name: string): void {
    const known = this.#known.get(name);
    if (known?.open) this.engine.dropQueue(known.open.queue);
    this.#known.delete(name);
  }

  /** The databases that were opened since the start. */
  *opened(): Generator<OpenDatabase> {
    for (const { open } of this.#known.values()) if (open) yield open;
  }
}
