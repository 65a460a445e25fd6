/** Keys written batch by batch into the store, each batch one transaction. */
import type { ProfileStore } from '../../../../main/store/profile-store';
import { IDBKeyRange } from '../../../../main/store/indexeddb';
import { end, openDatabase, result } from '../../../unit/store/support/indexeddb';
import { openStore } from '../../support/profile';
import { lostOf } from '../generations';
import type { Finding, Scenario } from '../scenario';

const BATCHES = 4;
const KEYS_A_BATCH = 6;
const BODY = 'k'.repeat(1500);

interface Entry {
  readonly generation: number;
}

const openKeys = (store: ProfileStore): Promise<IDBDatabase> =>
  openDatabase(store.crypto.indexedDB, (db) => db.createObjectStore('keys'), { name: 'keys' });

export async function writeBatch(
  db: IDBDatabase,
  store: string,
  batch: number,
  generation: number,
): Promise<void> {
  const transaction = db.transaction(store, 'readwrite');
  for (let key = 0; key < KEYS_A_BATCH; key += 1) {
    transaction.objectStore(store).put({ generation, body: BODY }, [batch, key]);
  }
  if ((await end(transaction)) === 'abort') throw transaction.error ?? new Error('aborted');
}

/** The generation of a batch; its keys must all be of the same. */
export async function readBatch(
  db: IDBDatabase,
  store: string,
  batch: number,
): Promise<{ generation: number | undefined; findings: Finding[] }> {
  const range = IDBKeyRange.bound([batch], [batch, []]);
  const entries = (await result(db.transaction(store).objectStore(store).getAll(range))) as Entry[];
  const generations = new Set(entries.map(({ generation }) => generation));
  const whole = entries.length === 0 || entries.length === KEYS_A_BATCH;
  if (whole && generations.size <= 1) {
    return { generation: [...generations][0], findings: [] };
  }
  const detail = `${store} ${batch}: ${entries.length} keys of generations ${[...generations].join()}`;
  return { generation: Math.min(...generations), findings: [{ kind: 'half done', detail }] };
}

export const writeKeys: Scenario = {
  name: 'write keys',
  async prepare({ profileDir }) {
    const store = openStore(profileDir);
    const db = await openKeys(store);
    await writeBatch(db, 'keys', 0, 0);
    store.close();
  },
  async open({ profileDir }) {
    const store = openStore(profileDir);
    const db = await openKeys(store).catch((error: unknown) => {
      store.close();
      throw error;
    });
    return {
      async run(generation, acknowledge) {
        for (let batch = 0; batch < BATCHES; batch += 1) {
          await writeBatch(db, 'keys', batch, generation);
          acknowledge(`batch ${batch} ${generation}`);
        }
        store.crypto.records.set('session', generation);
        acknowledge(`session ${generation}`);
      },
      async close() {
        store.close();
      },
    };
  },
  async check({ profileDir }, acknowledged) {
    const store = openStore(profileDir);
    try {
      const db = await openKeys(store);
      const found = new Map<string, number | undefined>();
      const findings: Finding[] = [];
      for (let batch = 0; batch < BATCHES; batch += 1) {
        const read = await readBatch(db, 'keys', batch);
        found.set(`batch ${batch}`, read.generation);
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
