/** The first start of a profile: a store key, the vault beside it, the store, the first session. */
import { openStore } from '../../support/profile';
import { openVault } from '../../support/vault';
import { lostOf } from '../generations';
import type { Scenario } from '../scenario';

export const firstStart: Scenario = {
  name: 'first start',
  prepare: () => Promise.resolve(),
  async open(place) {
    const store = openStore(place.profileDir, await openVault(place));
    return {
      async run(generation, acknowledge) {
        store.crypto.records.set('session', generation);
        acknowledge(`session ${generation}`);
      },
      async close() {
        store.close();
      },
    };
  },
  storeKey: openVault,
  async check(place, acknowledged) {
    const store = openStore(place.profileDir, await openVault(place));
    try {
      const session = store.crypto.records.get('session');
      return lostOf(acknowledged, () => (typeof session === 'number' ? session : undefined));
    } finally {
      store.close();
    }
  },
};
