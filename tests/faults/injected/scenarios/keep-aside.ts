/** A person has the whole store put aside: its files stay together, and all of them. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { finishKeepingAside, keepStoreAside } from '../../../../main/store/keep-aside';
import { storeFileNames } from '../../../../main/store/profile-store';
import { vaultFileNames } from '../../../../main/vault/vault-file';
import { openStore } from '../../support/profile';
import { openVault } from '../../support/vault';
import type { Finding, Scenario } from '../scenario';

const names = [...storeFileNames, ...vaultFileNames];
const KEPT = 42;

export const keepAside: Scenario = {
  name: 'putting the store aside',
  async prepare(place) {
    const store = openStore(place.profileDir, await openVault(place));
    store.crypto.records.set('session', KEPT);
    store.close();
  },
  async open({ profileDir }) {
    return {
      async run(_generation, acknowledge) {
        await keepStoreAside(profileDir, names);
        acknowledge('aside');
      },
      close: () => Promise.resolve(),
    };
  },
  storeKey: (place) => {
    const [profileDir = place.profileDir] = foldersHolding(place.profileDir);
    return openVault({ ...place, profileDir });
  },
  async check(place, acknowledged) {
    const { profileDir } = place;
    await finishKeepingAside(profileDir, names);
    const holding = foldersHolding(profileDir);
    const [folder] = holding;
    if (folder === undefined || holding.length > 1) {
      return [{ kind: 'half done', detail: `the store lies in ${holding.length} folders` }];
    }
    const findings: Finding[] = [];
    if (folder === profileDir && acknowledged.length > 0) {
      findings.push({ kind: 'half done', detail: 'said to be put aside, and still there' });
    }
    const missing = names.filter((name) => !existsSync(join(folder, name)));
    if (missing.length > 0) findings.push({ kind: 'key lost', detail: missing.join() });
    const store = openStore(folder, await openVault({ ...place, profileDir: folder }));
    try {
      const session = store.crypto.records.get('session');
      if (session !== KEPT)
        findings.push({ kind: 'key lost', detail: `session ${String(session)}` });
    } finally {
      store.close();
    }
    return findings;
  },
};

/** Where files of the store lie: in one place only, once all is done. */
function foldersHolding(profileDir: string): readonly string[] {
  const kept = readdirSync(profileDir).filter((name) => name.startsWith('kept-'));
  const places = [profileDir, ...kept.map((name) => join(profileDir, name))];
  return places.filter((folder) => names.some((name) => existsSync(join(folder, name))));
}
