/** A damaged cache is put aside, and a new one begun beside the keys. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openStore } from '../../support/profile';
import { lostOf } from '../generations';
import type { Finding, Scenario } from '../scenario';

const DAMAGED = Buffer.alloc(20_000, 'damaged beyond repair ');

export const damagedCache: Scenario = {
  name: 'putting a damaged cache aside',
  async prepare({ profileDir }) {
    const store = openStore(profileDir);
    store.crypto.records.set('session', 0);
    store.close();
    writeFileSync(join(profileDir, 'cache.db'), DAMAGED);
  },
  async open({ profileDir }) {
    const store = openStore(profileDir);
    return {
      async run(generation, acknowledge) {
        store.crypto.records.set('session', generation);
        acknowledge(`session ${generation}`);
        store.cache.records.set('session', generation);
        // A killed process loses nothing of the cache either; a power cut may.
      },
      async close() {
        store.close();
      },
    };
  },
  async check({ profileDir }, acknowledged) {
    const kept = readdirSync(profileDir)
      .filter((name) => name.startsWith('cache.db'))
      .some((name) => readFileSync(join(profileDir, name)).equals(DAMAGED));
    const findings: Finding[] = kept ? [] : [{ kind: 'key lost', detail: 'the damaged original' }];
    const store = openStore(profileDir);
    try {
      const session = store.crypto.records.get('session');
      const found = typeof session === 'number' ? session : undefined;
      return [...findings, ...lostOf(acknowledged, () => found)];
    } finally {
      store.close();
    }
  },
};
