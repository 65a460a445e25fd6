/** Exported keys imported through the crypto library, and the device's own identity beside them. */
import { DeviceId, initAsync, OlmMachine, UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { installIndexedDBGlobals } from '../../../../main/store/indexeddb';
import type { ProfileStore } from '../../../../main/store/profile-store';
import { makeExportedSessions } from '../../../unit/store/support/exported-sessions';
import { openStore } from '../../support/profile';
import type { Finding, Place, Scenario } from '../scenario';

const KEYS = 30;
const BATCH = 10;

type Exported = Record<string, unknown> & { readonly session_id: string };

const keysFile = (place: Place): string => join(place.besideDir, 'keys.json');

async function machineOn(store: ProfileStore): Promise<OlmMachine> {
  await initAsync();
  installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
  return OlmMachine.initialize(new UserId('@a:example.org'), new DeviceId('DEVICE'), 'crypto');
}

export const importKeys: Scenario = {
  name: 'import keys',
  async prepare(place) {
    writeFileSync(keysFile(place), JSON.stringify(makeExportedSessions(KEYS)));
  },
  async open(place) {
    const keys = JSON.parse(readFileSync(keysFile(place), 'utf8')) as Exported[];
    const store = openStore(place.profileDir);
    const machine = await machineOn(store).catch((error: unknown) => {
      store.close();
      throw error;
    });
    return {
      async run(_generation, acknowledge) {
        acknowledge(`identity ${machine.identityKeys.curve25519.toBase64()}`);
        for (let at = 0; at < keys.length; at += BATCH) {
          const batch = keys.slice(at, at + BATCH);
          await machine.importExportedRoomKeys(JSON.stringify(batch), () => undefined);
          for (const { session_id: id } of batch) acknowledge(`key ${id}`);
        }
      },
      async close() {
        machine.close();
        store.close();
      },
    };
  },
  async check({ profileDir }, acknowledged) {
    const store = openStore(profileDir);
    try {
      const machine = await machineOn(store);
      const exported = JSON.parse(await machine.exportRoomKeys(() => true)) as Exported[];
      const present = new Set(exported.map(({ session_id: id }) => `key ${id}`));
      present.add(`identity ${machine.identityKeys.curve25519.toBase64()}`);
      machine.close();
      return acknowledged
        .filter((what) => !present.has(what))
        .map((what): Finding => ({ kind: 'key lost', detail: what }));
    } finally {
      store.close();
    }
  },
};
