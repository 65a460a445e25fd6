import type { Database, RunResult, Statement, WritingStatement } from '../sqlite';

interface LoggedWrite {
  readonly statement: WritingStatement;
  readonly parameters: readonly unknown[];
}

/** What one read/write transaction has written so far. */
export interface Writer {
  /** Whether its commit must reach the disk even where the database's usual ones need not. */
  readonly isStrict: boolean;
  /** Its writes in order, to be done again; null once they are too many to keep. */
  log: LoggedWrite[] | null;
  loggedBytes: number;
  hasWritten: boolean;
  /** What it has left unsorted of its index entries; see `index-entries.ts`. */
  readonly entries: UnsortedEntries;
  /** Set when SQLite lost its writes: it can only be aborted. */
  failure: Error | null;
}

export interface UnsortedEntries {
  rows: number;
  bytes: number;
  /** Whether it has sorted what earlier transactions had left, too. */
  hasTakenIn: boolean;
  /** Whether it goes on with entries in order. */
  isSorted: boolean;
}

/** Beyond this, a transaction's writes are no longer kept for doing again, and it runs alone. */
const LOG_LIMIT_BYTES = 16 * 1024 * 1024;
/** What a logged write, and each byte string in it, takes beside its bytes. */
const WRITE_OVERHEAD_BYTES = 160;
const BUFFER_OVERHEAD_BYTES = 100;
/** SQLite's `synchronous` level at which a commit survives a power cut. */
const FULL = 2;
/** The one at which it survives the end of the process. */
const NORMAL = 1;

/**
 * Maps read/write transactions on SQLite's.
 *
 * SQLite has one writer and can only roll back as a whole, while IndexedDB lets transactions with
 * disjoint scopes run side by side, each with a fate of its own. Usually one runs, and it is simply
 * one SQLite transaction. When several run, they write into the same SQLite transaction; when one of
 * them ends, it is rolled back, and what must stay is written again: the ending one's writes and
 * COMMIT, or none; then the others', as the start of the next SQLite transaction. Scopes being
 * disjoint, the writes do not depend on each other.
 *
 * A transaction whose writes no longer fit the log goes on alone: none may join until it ends.
 *
 * One that is held back has ended for whoever made it, but stays among those that run: its writes are
 * seen by later ones, and become permanent with the first that shares a store with it.
 */
export class WriteCoordinator {
  readonly #database: Database;
  readonly #writers = new Set<Writer>();
  /** Those held back, in the order they ended, with the stores they wrote to. */
  readonly #held = new Map<Writer, ReadonlySet<unknown>>();
  #beside: (() => void)[] = [];
  #whenCommitted: (writer: Writer) => void = () => undefined;
  /** The connection's own `synchronous` level, and the present one. */
  readonly #usualLevel: number;
  #level: number;
  readonly #begin: Statement;
  readonly #commit: Statement;
  readonly #rollback: Statement;

  constructor(database: Database) {
    this.#database = database;
    this.#usualLevel = Number(database.pragma('synchronous', { simple: true }));
    this.#level = this.#usualLevel;
    this.#begin = database.prepare('BEGIN IMMEDIATE');
    this.#commit = database.prepare('COMMIT');
    this.#rollback = database.prepare('ROLLBACK');
  }

  /** Whether a further transaction may start now. */
  get admits(): boolean {
    for (const writer of this.#writers) if (writer.log === null) return false;
    return true;
  }

  /**
   * Enters a transaction; SQLite's begins with its first write. With `strict` it is as durable as
   * SQLite can make it; without, as the connection's `synchronous` setting says.
   */
  join(durability: 'default' | 'strict' | 'relaxed' = 'default'): Writer {
    const isStrict = durability === 'strict';
    const writer: Writer = {
      isStrict,
      log: [],
      loggedBytes: 0,
      hasWritten: false,
      entries: { rows: 0, bytes: 0, hasTakenIn: false, isSorted: false },
      failure: null,
    };
    this.#writers.add(writer);
    return writer;
  }

  /** Has `listener` told of each transaction whose writes have become permanent. */
  onCommit(listener: (writer: Writer) => void): void {
    this.#whenCommitted = listener;
  }

  /** Runs a writing statement within a transaction. */
  write(writer: Writer, statement: WritingStatement, parameters: readonly unknown[]): RunResult {
    if (writer.failure) throw writer.failure;
    try {
      if (!this.#database.inTransaction) this.#beginFor([writer]);
      const result = statement.run(...parameters);
      this.#remember(writer, statement, parameters);
      return result;
    } catch (error) {
      // A failed statement may have rolled back everything, the others' writes included.
      writer.failure = toError(error);
      if (!this.#database.inTransaction) this.#failAll(writer.failure);
      throw error;
    }
  }

  /**
   * Makes a transaction's writes permanent, and those held back if it shares one of their stores;
   * returns when they are as durable as the database's `synchronous` setting promises.
   *
   * @param scope its stores; without, all
   */
  commit(writer: Writer, scope?: ReadonlySet<unknown>): void {
    if (writer.failure) throw writer.failure;
    if (!writer.hasWritten) {
      this.#writers.delete(writer);
      return;
    }
    try {
      this.#commitTogether([...this.#heldFor(scope), writer]);
    } catch (error) {
      writer.failure = toError(error);
      throw error;
    }
  }

  /**
   * Ends a transaction whose writes become permanent later, or are lost with the process. Those that
   * can't be written again, or whose index entries others could not read, become so now.
   */
  holdBack(writer: Writer, scope: ReadonlySet<unknown>): void {
    if (writer.log === null || writer.entries.rows > 0) {
      this.commit(writer, scope);
      return;
    }
    if (writer.failure) throw writer.failure;
    if (writer.hasWritten) this.#held.set(writer, scope);
    else this.#writers.delete(writer);
  }

  /**
   * Makes permanent what is held back.
   *
   * @throws what SQLite throws; it is undone then
   */
  commitHeld(): void {
    if (this.#held.size === 0) return;
    try {
      this.#commitTogether([...this.#held.keys()]);
    } catch (error) {
      this.dropHeld();
      throw error;
    }
  }

  /** Undoes what is held back. */
  dropHeld(): void {
    const held = [...this.#held.keys()];
    this.#held.clear();
    for (const writer of held) this.rollback(writer);
  }

  /** Undoes a transaction's writes. */
  rollback(writer: Writer): void {
    if (!this.#writers.delete(writer)) return;
    if (!writer.hasWritten) return;
    if (this.#database.inTransaction) this.#rollback.run();
    this.#repeatBeside();
    this.#resume(this.#othersWithWrites([writer]));
  }

  /**
   * Runs a write that is a transaction of its own, whatever transactions are under way. It is
   * permanent on return; only beside one that runs alone (see above) it becomes so when that ends.
   * A `relaxed` one may be lost in a power cut, as long as nothing else is committed after it.
   */
  runBeside(work: () => void, durability: 'default' | 'relaxed' = 'default'): void {
    const isRelaxed = durability === 'relaxed';
    const level = isRelaxed ? Math.min(NORMAL, this.#usualLevel) : this.#usualLevel;
    if (!this.#database.inTransaction) {
      this.#setLevel(level);
      work();
      return;
    }
    if (!this.admits) {
      this.#runWithin(work);
      this.#beside.push(work);
      return;
    }
    const writers = [...this.#writers].filter((writer) => writer.hasWritten);
    this.#rollback.run();
    try {
      this.#setLevel(level);
      work();
    } finally {
      this.#resume(writers);
    }
  }

  #heldFor(scope: ReadonlySet<unknown> | undefined): Writer[] {
    const isShared = [...this.#held.values()].some(
      (stores) => scope === undefined || [...scope].some((store) => stores.has(store)),
    );
    return isShared ? [...this.#held.keys()] : [];
  }

  /** Commits these and no others, their writes in this order. */
  #commitTogether(writers: readonly Writer[]): void {
    const failed = writers.find(({ failure }) => failure !== null);
    if (failed?.failure) throw failed.failure;
    const others = this.#othersWithWrites(writers);
    if (others.length > 0 || writers.length > 1) {
      this.#rollback.run();
      this.#beginFor(writers);
      for (const writer of writers) repeat(writer);
    }
    this.#commit.run();
    this.#beside = [];
    for (const writer of writers) {
      this.#whenCommitted(writer);
      this.#writers.delete(writer);
      this.#held.delete(writer);
    }
    this.#resume(others);
  }

  #runWithin(work: () => void): void {
    try {
      work();
    } catch (error) {
      // A failed statement may have rolled back everything, the transaction's writes included.
      if (!this.#database.inTransaction) this.#failAll(toError(error));
      throw error;
    }
  }

  /** Does again what was run beside a transaction that was rolled back. */
  #repeatBeside(): void {
    const beside = this.#beside;
    this.#beside = [];
    if (beside.length > 0) this.#setLevel(this.#usualLevel);
    for (const work of beside) work();
  }

  #remember(writer: Writer, statement: WritingStatement, parameters: readonly unknown[]): void {
    writer.hasWritten = true;
    if (writer.log === null) return;
    writer.log.push({ statement, parameters });
    writer.loggedBytes += WRITE_OVERHEAD_BYTES;
    for (const parameter of parameters) {
      if (!(parameter instanceof Uint8Array)) continue;
      writer.loggedBytes += parameter.length + BUFFER_OVERHEAD_BYTES;
    }
    if (writer.loggedBytes > LOG_LIMIT_BYTES && this.#writers.size === 1) writer.log = null;
  }

  #beginFor(writers: readonly Writer[]): void {
    const isStrict = writers.some((writer) => writer.isStrict);
    const level = isStrict ? Math.max(FULL, this.#usualLevel) : this.#usualLevel;
    this.#setLevel(level);
    this.#begin.run();
  }

  // SQLite takes a new level between transactions only.
  #setLevel(level: number): void {
    if (level !== this.#level) this.#database.pragma(`synchronous = ${level}`);
    this.#level = level;
  }

  #othersWithWrites(writers: readonly Writer[]): Writer[] {
    return [...this.#writers].filter((other) => !writers.includes(other) && other.hasWritten);
  }

  /** Starts the next SQLite transaction with what the remaining ones had written. */
  #resume(others: readonly Writer[]): void {
    const alive = others.filter((other) => other.failure === null);
    if (alive.length === 0) return;
    try {
      this.#beginFor(alive);
      for (const other of alive) repeat(other);
    } catch (error) {
      if (this.#database.inTransaction) this.#rollback.run();
      this.#failAll(toError(error));
    }
  }

  #failAll(error: Error): void {
    for (const writer of this.#writers) if (writer.hasWritten) writer.failure ??= error;
  }
}

function repeat(writer: Writer): void {
  for (const { statement, parameters } of writer.log ?? []) statement.run(...parameters);
}

function toError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}
