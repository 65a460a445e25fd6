/** Two transactions side by side, which share one of SQLite's: each has a fate of its own. */
import type { ProfileStore } from '../../../../main/store/profile-store';
import { end, openDatabase, result } from '../../../unit/store/support/indexeddb';
import { openStore } from '../../support/profile';
import { lostOf } from '../generations';
import type { Finding, Scenario } from '../scenario';
import { readBatch, writeBatch } from './write-keys';

const openBoth = (store: ProfileStore): Promise<IDBDatabase> =>
  openDatabase(
    store.crypto.indexedDB,
    (db) => {
      db.createObjectStore('left');
      db.createObjectStore('right');
    },
    { name: 'both' },
  );

const SIDES = ['left', 'right'] as const;

/** Keeps a transaction open over some turns while the others begin, write and end. */
async function writeSlowly(
  db: IDBDatabase,
  side: (typeof SIDES)[number],
  generation: number,
  turns: number,
): Promise<void> {
  const transaction = db.transaction(side, 'readwrite');
  const ended = end(transaction);
  const objects = transaction.objectStore(side);
  try {
    for (let turn = 0; turn < turns; turn += 1) {
      for (let key = 0; key < 2; key += 1) {
        await result(objects.put({ generation, body: 'k'.repeat(900) }, [0, turn * 2 + key]));
      }
    }
  } catch {
    // The transaction's own error says more.
  }
  if ((await ended) === 'abort') throw transaction.error ?? new Error('aborted');
}

export const overlapping: Scenario = {
  name: 'overlapping transactions',
  async prepare({ profileDir }) {
    const store = openStore(profileDir);
    const db = await openBoth(store);
    for (const side of SIDES) await writeBatch(db, side, 0, 0);
    store.close();
  },
  async open({ profileDir }) {
    const store = openStore(profileDir);
    const db = await openBoth(store).catch((error: unknown) => {
      store.close();
      throw error;
    });
    return {
      async run(generation, acknowledge) {
        const outcomes = await Promise.allSettled([
          writeSlowly(db, 'left', generation, 3).then(() => acknowledge(`left ${generation}`)),
          writeSlowly(db, 'right', generation, 3).then(() => acknowledge(`right ${generation}`)),
          // In between, a write that is neither's.
          Promise.resolve().then(() => {
            store.crypto.records.set('session', generation);
            acknowledge(`session ${generation}`);
          }),
        ]);
        const failed = outcomes.find((outcome) => outcome.status === 'rejected');
        if (failed) throw failed.reason;
      },
      async close() {
        store.close();
      },
    };
  },
  async check({ profileDir }, acknowledged) {
    const store = openStore(profileDir);
    try {
      const db = await openBoth(store);
      const found = new Map<string, number | undefined>();
      const findings: Finding[] = [];
      for (const side of SIDES) {
        const read = await readBatch(db, side, 0);
        found.set(side, read.generation);
        findings.push(...read.findings);
      }
      const session = store.crypto.records.get('session');
      found.set('session', typeof session === 'number' ? session : undefined);
      return [...findings, ...lostOf(acknowledged, (subject) => found.get(subject))];
    } finally {
      store.close();
    }
  },
};
