/**
 * Runs a program on an encrypted file and holds everything against the model.
 *
 * Transactions run at the same time; the specification lets them see what they would see one after
 * the other in the order in which they were created, and that is how the model runs them.
 */
import fc from 'fast-check';
import type Database from 'better-sqlite3-multiple-ciphers';
import { copyFileSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { isDeepStrictEqual } from 'node:util';
import { closeIndexedDB, createIndexedDB } from '../../../../main/store/indexeddb';
import { openDatabase as openFile } from '../../../../main/store/open-database';
import { openDatabase, result } from '../support/indexeddb';
import { entriesOf, type ModelState } from './model';
import { scopeOf, type Burst, type Script } from './programs';
import { runOnModel, type Outcome } from './run-on-model';
import { OF_ABORT, Thrown, runOnStore, type StoreRun } from './run-on-store';

/** What was tried, over all programs. */
export const tally = {
  programs: 0,
  transactions: 0,
  operations: 0,
  complete: 0,
  aborted: 0,
  upgrades: 0,
  restarts: 0,
  crashes: 0,
  closedByForce: 0,
  abortedByFullDisk: 0,
};

const KEY = new Uint8Array(32).fill(7);
const PATIENCE_MS = 20_000;
const UNLIMITED_PAGES = 0xfffffffe;

interface Open {
  readonly database: Database;
  readonly indexedDB: IDBFactory;
  readonly db: IDBDatabase;
}

interface Begun {
  readonly script: Script;
  readonly run: StoreRun;
}

interface Crash {
  readonly file: string;
  /** Those that had told of their commit. */
  readonly complete: ReadonlySet<Begun>;
}

export async function checkProgram(program: readonly Burst[], folder: string): Promise<void> {
  tally.programs += 1;
  const file = join(folder, 'test.db');
  for (const name of [file, `${file}-wal`]) rmSync(name, { force: true });
  const check = new ProgramCheck(file);
  try {
    await check.open();
    for (const [n, burst] of program.entries()) {
      try {
        await check.runBurst(burst);
      } catch (error) {
        throw new Error(
          `In burst ${n}: ${error instanceof Error ? error.message : String(error)}`,
          {
            cause: error,
          },
        );
      }
    }
  } finally {
    check.close();
  }
}

class ProgramCheck {
  readonly #file: string;
  #state: ModelState = { version: 1, stores: [] };
  #open: Open | null = null;
  readonly #unexpected: unknown[] = [];

  constructor(file: string) {
    this.#file = file;
  }

  async open(): Promise<void> {
    this.#open = await this.#openFile(this.#file, this.#state.stores.length === 0);
    if (this.#state.stores.length > 0) return;
    this.#state = {
      version: 1,
      stores: [
        newStore('a', null, false),
        newStore('b', 'id', true),
        newStore('c', null, true),
        newStore('d', 'id', false),
      ],
    };
  }

  close(): void {
    if (!this.#open) return;
    const { indexedDB, database } = this.#open;
    closeIndexedDB(indexedDB);
    database.close();
    this.#open = null;
  }

  async #openFile(file: string, isNew = false): Promise<Open> {
    const database = openFile(file, KEY, {
      applicationId: 1,
      migrations: [],
      durability: 'normal',
    });
    // What the operating system has is safe from the end of a process; nothing here cuts the power.
    database.pragma('synchronous = OFF');
    const indexedDB = createIndexedDB(database, {
      reportException: (error) => {
        if (!(error instanceof Thrown)) this.#unexpected.push(error);
      },
    });
    const version = Math.max(1, this.#state.version);
    const db = await openDatabase(indexedDB, isNew ? createFirst : noUpgrade, { version });
    return { database, indexedDB, db };
  }

  get #opened(): Open {
    if (!this.#open) throw new Error('The file is not open');
    return this.#open;
  }

  async runBurst(burst: Burst): Promise<void> {
    const { incident } = burst;
    const { database, indexedDB } = this.#opened;
    const begun: Begun[] = [];
    const happened: { crash?: Crash; isClosed: boolean } = { isClosed: false };
    let ticks = 0;
    const tick = (): void => {
      ticks += 1;
      if (!('after' in incident) || ticks !== incident.after + 1) return;
      if (incident.kind === 'crash') {
        const file = copyOf(this.#file);
        happened.crash = {
          file,
          complete: new Set(begun.filter(({ run }) => run.fate === 'complete')),
        };
      } else {
        happened.isClosed = true;
        closeIndexedDB(indexedDB);
      }
    };
    if (incident.kind === 'full') {
      const pages = Number(database.pragma('page_count', { simple: true }));
      database.pragma(`max_page_count = ${pages + incident.pages}`);
    }
    const running: Promise<void>[] = [];
    for (const script of burst.scripts) {
      for (let n = 0; n < script.turns; n += 1) await turn();
      if (happened.isClosed) break;
      const one: Begun = { script, run: { outcomes: [], fate: 'running', error: undefined } };
      begun.push(one);
      running.push(this.#run(one, tick));
    }
    await settled(running, begun);
    database.pragma(`max_page_count = ${UNLIMITED_PAGES}`);
    const before = this.#state;
    this.#hold(begun, incident.kind);
    if (happened.crash) await this.#checkCrash(happened.crash, before, begun);
    if (happened.isClosed) tally.closedByForce += 1;
    if (happened.isClosed || burst.restart) {
      tally.restarts += 1;
      this.close();
      await this.open();
    } else if (begun.some(({ script }) => script.mode === 'versionchange')) {
      this.#opened.db.close();
      const db = await openDatabase(indexedDB, noUpgrade, { version: this.#state.version });
      this.#open = { ...this.#opened, db };
    }
    same(await dump(this.#opened.db), modelDump(this.#state), 'what is there afterwards');
    if (this.#unexpected.length > 0) throw this.#unexpected[0];
  }

  async #run({ script, run }: Begun, tick: () => void): Promise<void> {
    const { db, indexedDB } = this.#opened;
    tally.transactions += 1;
    tally.operations += script.operations.length;
    if (script.mode !== 'versionchange') {
      const scope = scopeOf([...db.objectStoreNames], script.scope);
      if (scope.length === 0) {
        run.fate = 'complete';
        run.outcomes = script.operations.map(() => ({ ok: 'no store' }));
        return;
      }
      const transaction = db.transaction(scope, script.mode);
      await runOnStore(db, transaction, script, run, tick);
      return;
    }
    tally.upgrades += 1;
    db.close();
    const request = indexedDB.open('db', this.#state.version + 1);
    let done: Promise<void> = Promise.resolve();
    await new Promise<void>((resolve) => {
      request.onupgradeneeded = () => {
        const { result: upgraded, transaction } = request;
        done = runOnStore(upgraded, transaction!, script, run, tick);
      };
      request.onsuccess = () => {
        request.result.close();
        resolve();
      };
      request.onerror = () => resolve();
    });
    await done;
    // Without room, or closed as soon as it was open: it never began.
    if (run.fate === 'running') run.fate = 'abort';
  }

  /** Runs on the model what was run on the store, and compares. */
  #hold(begun: readonly Begun[], incident: string): void {
    for (const { script, run } of begun) {
      const expected = runOnModel(this.#state, script);
      const what = `${run.fate} of ${fc.stringify(script)}`;
      tally[run.fate === 'complete' ? 'complete' : 'aborted'] += 1;
      const isPut = expected.fate === 'complete' && run.fate === 'abort';
      if (isPut && incident === 'full' && script.mode !== 'readonly') {
        tally.abortedByFullDisk += 1;
        if (run.error !== undefined) same(run.error, 'QuotaExceededError', what);
      } else if (!isPut || incident !== 'close') {
        same(run.fate, expected.fate, what);
      }
      const isAborted = run.fate === 'abort';
      for (const [n, outcome] of expected.outcomes.entries()) {
        const found = run.outcomes[n];
        if (isAborted && (!found || isOfAbort(found))) continue;
        same(found, outcome, `operation ${n} of ${what}`);
      }
      if (run.fate === 'complete') this.#state = expected.state;
    }
  }

  /**
   * Opens what a crash left. What had told of its commit must be there; of the others, each may,
   * wholly.
   */
  async #checkCrash(
    { file, complete }: Crash,
    before: ModelState,
    begun: readonly Begun[],
  ): Promise<void> {
    tally.crashes += 1;
    let candidates = [before];
    for (const one of begun) {
      if (one.run.fate !== 'complete') continue;
      const withIt = candidates.map((state) => runOnModel(state, one.script).state);
      candidates = complete.has(one) ? withIt : [...candidates, ...withIt];
    }
    const { database, indexedDB } = await this.#openCrashed(file);
    const [version] = await indexedDB.databases();
    const db = await openDatabase(indexedDB, noUpgrade, { version: version?.version ?? 1 });
    const found = await dump(db);
    const integrity = database.pragma('integrity_check', { simple: true });
    closeIndexedDB(indexedDB);
    database.close();
    same(integrity, 'ok', 'integrity after a crash');
    if (candidates.some((state) => isDeepStrictEqual(found, modelDump(state)))) return;
    same(found, modelDump(candidates[0] ?? before), 'what a crash left');
  }

  async #openCrashed(file: string): Promise<Omit<Open, 'db'>> {
    const database = openFile(file, KEY, {
      applicationId: 1,
      migrations: [],
      durability: 'normal',
    });
    return { database, indexedDB: createIndexedDB(database) };
  }
}

/** Waits for all; what waits forever is told from what is slow by a time nothing here takes. */
async function settled(running: readonly Promise<void>[], begun: readonly Begun[]): Promise<void> {
  const all = Promise.all(running);
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      const waiting = begun.filter(({ run }) => run.fate === 'running');
      reject(new Error(`No end of ${fc.stringify(waiting)}`));
    }, PATIENCE_MS);
  });
  await Promise.race([all, late]).finally(() => {
    clearTimeout(timer);
  });
}

const noUpgrade = (): void => {
  // Its version is there already.
};

function newStore(name: string, keyPath: string | null, autoIncrement: boolean) {
  return { name, keyPath, autoIncrement, next: 1, records: [], indexes: INDEXES };
}

const INDEXES = [
  { name: 'each', keyPath: 'tag', unique: false, multiEntry: true },
  { name: 'one', keyPath: 'nested.a', unique: true, multiEntry: false },
  { name: 'pair', keyPath: ['tag', 'nested.a'], unique: false, multiEntry: false },
];

function createFirst(db: IDBDatabase): void {
  const stores = [
    db.createObjectStore('a'),
    db.createObjectStore('b', { keyPath: 'id', autoIncrement: true }),
    db.createObjectStore('c', { autoIncrement: true }),
    db.createObjectStore('d', { keyPath: 'id' }),
  ];
  for (const store of stores) {
    for (const { name, keyPath, ...options } of INDEXES) store.createIndex(name, keyPath, options);
  }
}

function isOfAbort(outcome: Outcome): boolean {
  return (
    'error' in outcome &&
    // Its objects are asked for in vain once it has finished.
    (OF_ABORT.includes(outcome.error) || outcome.error === 'InvalidStateError')
  );
}

/** The file as a crash at this moment leaves it. */
function copyOf(file: string): string {
  const copy = `${file}.crashed`;
  copyFileSync(file, copy);
  if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
  else rmSync(`${copy}-wal`, { force: true });
  return copy;
}

function same(found: unknown, expected: unknown, what: string): void {
  if (isDeepStrictEqual(found, expected)) return;
  const shown = [found, expected].map((value) => fc.stringify(value));
  throw new Error(`${what}\n  is         ${shown[0]}\n  instead of ${shown[1]}`);
}

function modelDump({ version, stores }: ModelState): unknown {
  const byName = <T extends { name: string }>(all: readonly T[]): T[] =>
    [...all].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [
    version,
    ...byName(stores).map((store) => [
      store.name,
      store.keyPath,
      store.autoIncrement,
      entriesOf(store, null).map(({ key, value }) => [key, value]),
      byName(store.indexes).map((index) => [
        index,
        entriesOf(store, index).map(({ key, primaryKey }) => [key, primaryKey]),
      ]),
    ]),
  ];
}

type Records = { key: IDBValidKey; primaryKey: IDBValidKey; value: unknown }[];

async function dump(db: IDBDatabase): Promise<unknown> {
  const names = [...db.objectStoreNames];
  if (names.length === 0) return [db.version];
  const transaction = db.transaction(names);
  const recordsOf = (source: IDBObjectStore | IDBIndex): Promise<Records> =>
    result((source as unknown as { getAllRecords(): IDBRequest<Records> }).getAllRecords());
  const stores: unknown[] = [];
  for (const name of names) {
    const store = transaction.objectStore(name);
    const { keyPath, autoIncrement } = store;
    const records = (await recordsOf(store)).map(({ key, value }) => [key, value]);
    const indexes: unknown[] = [];
    for (const indexName of store.indexNames) {
      const index = store.index(indexName);
      const { unique, multiEntry } = index;
      const entries = (await recordsOf(index)).map(({ key, primaryKey }) => [key, primaryKey]);
      const path = index.keyPath;
      indexes.push([{ name: indexName, keyPath: path, unique, multiEntry }, entries]);
    }
    stores.push([name, keyPath, autoIncrement, records, indexes]);
  }
  return [db.version, ...stores];
}
