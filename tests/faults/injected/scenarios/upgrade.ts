/** A new version of an IndexedDB database: a new index over what is there, a store more. */
import type { ProfileStore } from '../../../../main/store/profile-store';
import { end, openDatabase, result } from '../../../unit/store/support/indexeddb';
import { openStore } from '../../support/profile';
import type { Finding, Scenario } from '../scenario';

const RECORDS = 40;
const NAME = 'upgraded';

const indexName = (version: number): string => `index-${version}`;

function openVersion(store: ProfileStore, version: number): Promise<IDBDatabase> {
  const upgrade = (db: IDBDatabase, transaction: IDBTransaction): void => {
    const records = db.objectStoreNames.contains('records')
      ? transaction.objectStore('records')
      : db.createObjectStore('records', { keyPath: 'id' });
    records.createIndex(indexName(version), 'name');
    const added = db.createObjectStore(`added-${version}`, { autoIncrement: true });
    for (let n = 0; n < 5; n += 1) added.put('x'.repeat(1000));
  };
  return openDatabase(store.crypto.indexedDB, upgrade, { name: NAME, version });
}

async function openNewest(store: ProfileStore): Promise<IDBDatabase> {
  return result(store.crypto.indexedDB.open(NAME));
}

export const upgrade: Scenario = {
  name: 'upgrade of IndexedDB',
  async prepare({ profileDir }) {
    const store = openStore(profileDir);
    const db = await openVersion(store, 1);
    const transaction = db.transaction('records', 'readwrite');
    for (let id = 0; id < RECORDS; id += 1) {
      transaction.objectStore('records').put({ id, name: `name ${id}`, body: 'x'.repeat(500) });
    }
    await end(transaction);
    store.close();
  },
  async open({ profileDir }) {
    const store = openStore(profileDir);
    return {
      async run(generation, acknowledge) {
        const version = generation + 1;
        const db = await openVersion(store, version);
        acknowledge(`version ${version}`);
        db.close();
      },
      async close() {
        store.close();
      },
    };
  },
  async check({ profileDir }, acknowledged) {
    const store = openStore(profileDir);
    try {
      const db = await openNewest(store);
      const findings: Finding[] = [];
      const { version } = db;
      const promised = acknowledged.map((line) => Number(line.split(' ')[1]));
      if (promised.some((each) => each > version)) {
        findings.push({
          kind: 'key lost',
          detail: `version ${version}, promised ${promised.join()}`,
        });
      }
      const records = db.transaction('records').objectStore('records');
      const count = await result(records.count());
      if (count !== RECORDS) findings.push({ kind: 'key lost', detail: `${count} records` });
      const newestIndex = [...records.indexNames]
        .map((name) => Number(name.split('-')[1]))
        .sort((a, b) => b - a)[0];
      const added = version === 1 || db.objectStoreNames.contains(`added-${version}`);
      if (newestIndex !== version || !added) {
        findings.push({
          kind: 'half done',
          detail: `version ${version}, index ${newestIndex ?? '-'}`,
        });
      } else {
        const indexed = await result(
          db.transaction('records').objectStore('records').index(indexName(version)).count(),
        );
        if (indexed !== RECORDS)
          findings.push({ kind: 'half done', detail: `${indexed} index entries` });
      }
      db.close();
      return findings;
    } finally {
      store.close();
    }
  },
};
