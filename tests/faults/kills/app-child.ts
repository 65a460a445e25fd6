/**
 * The app without its window, as a process to be killed: the same parts as main/index.ts wires,
 * the engine on its own thread, the store on disk, the store key in the desktop's keychain.
 *
 * Arguments: the profile's folder, the bundled engine.
 */
import { mkdir } from 'node:fs/promises';
import { pathToFileURL } from 'node:url';
import { createEgress } from '../../../main/egress/egress';
import { EngineHost } from '../../../main/engine/host';
import { toBridgeError } from '../../../main/holdfast-error';
import { Profile } from '../../../main/profile';
import { finishKeepingAside, keepStoreAside } from '../../../main/store/keep-aside';
import { profileStoreExists, storeFileNames } from '../../../main/store/profile-store';
import { ValueSource } from '../../../main/topics/value-source';
import { SystemKeychain } from '../../../main/vault/system-keychain';
import { closedVault, Vault } from '../../../main/vault/vault';
import { vaultFileNames } from '../../../main/vault/vault-file';
import { calls } from '../../../preload/contract';
import type { AppState, VaultState } from '../../../preload/model/app';
import type { FromApp, ToApp } from './app-messages';
import { witnessSync } from './sync-witness';

const [profileDir = '', engineScript = ''] = process.argv.slice(2);
const closeWithinMs = 5_000;
const tell = (message: FromApp): void => void process.send?.(message);

const app = new ValueSource<AppState>({ phase: 'starting' });
const egress = witnessSync(createEgress(globalThis.fetch), (events) => {
  tell({ kind: 'confirmed', events });
});
const host: EngineHost = new EngineHost({
  script: pathToFileURL(engineScript),
  procedures: {
    fetch: (request, signal) => egress(request, signal),
    accountChanged: ({ account }) => profile.accountChanged(account),
    recoveryKeyKnown: (proven) => profile.recoveryKeyKnown(proven),
    storeFailed: ({ code }) => profile.storeFailed(code),
    placeLogin: () => 'here',
  },
  onCrash: () => {
    profile.unavailable('internal');
  },
});
const profileFiles = [...storeFileNames, ...vaultFileNames];
const profile: Profile = new Profile({
  app,
  vault: new Vault({
    profileDir,
    keychain: new SystemKeychain(),
    storeExists: () => profileStoreExists(profileDir),
    state: new ValueSource<VaultState>(closedVault),
  }),
  keptAside: {
    finish: () => finishKeepingAside(profileDir, profileFiles),
    keep: () => keepStoreAside(profileDir, profileFiles),
    remove: () => keepStoreAside(profileDir, profileFiles),
  },
  openEngine: (storeKey) => {
    tell({ kind: 'storeKey', storeKey: Buffer.from(storeKey).toString('base64') });
    return host.open({ profileDir, storeKey });
  },
  closeEngine: () => host.stop(closeWithinMs),
});

process.on('message', (message: ToApp) => {
  switch (message.kind) {
    case 'call':
      void answer(message);
      break;
    case 'watch':
      host.watch(message.topic, message.params, (said) => {
        tell({ kind: 'topic', watch: message.watch, message: said });
      });
      break;
    case 'close':
      void host.close(closeWithinMs).then(() => process.exit(0));
  }
});
process.once('disconnect', () => process.exit(0));

async function answer({ call, name, args }: ToApp & { kind: 'call' }): Promise<void> {
  try {
    const result = await host.callContract(name, calls[name].args.parse(args));
    tell({ kind: 'answer', call, result: result ?? null });
  } catch (error) {
    tell({ kind: 'refusal', call, error: toBridgeError(error) });
  }
}

await mkdir(profileDir, { recursive: true, mode: 0o700 });
app.subscribe((state) => {
  tell({ kind: 'app', state });
});
await profile.open();
