/** One measurement in a process of its own: the task as JSON in the first argument, the result as a line. */
import { readFile } from 'node:fs/promises';
import { installIndexedDBGlobals } from '../../../main/store/indexeddb';
import { openProfileStore, type ProfileStore } from '../../../main/store/profile-store';
import { makeMegolmSessions } from '../../support/backup/megolm-sessions';
import { peakMB, settledRssMB } from './process-memory';
import { productRestore } from './product-restore';
import type { NodeStore, StoredProfile, Task } from './tasks';
import {
  importKeys,
  measureRecords,
  offlineLogin,
  openDevice,
  restoreBackup,
  type ImportTask,
} from './workload';

const task = JSON.parse(process.argv[2] ?? '') as Task;
const result = await measure(task);
process.stdout.write(`${JSON.stringify({ ...result, peakMB: await peakMB() })}\n`, () => {
  // The SDK's timers must not keep a process that has nothing left to do.
  process.exit(0);
});

async function measure(task: Task): Promise<object> {
  switch (task.measure) {
    case 'import': {
      const keys = JSON.parse(await readFile(task.keysFile, 'utf8')) as ImportTask['keys'];
      return onStore(task.store, task.profile, async () => {
        const device = await openDevice(offlineLogin, task.store === 'memory');
        return importKeys(device, { keys, batchSize: task.batchSize });
      });
    }
    case 'restore':
      return onStore(task.store, null, async () => {
        const device = await openDevice(task.login, task.store === 'memory');
        return restoreBackup(device, task.backup);
      });
    case 'product-restore':
      return productRestore(task);
    case 'records':
      return onStore(task.store, task.profile, () => measureRecords(indexedDB, task.count));
    case 'fill':
      return onStore('ours', task.profile, async () => {
        const device = await openDevice(offlineLogin, false);
        const keys = makeMegolmSessions(task.sessions, ['!one:localhost', '!two:localhost']);
        if (keys.length > 0) await importKeys(device, { keys, batchSize: 2_000 });
        return {};
      });
    case 'open':
      return measureOpening(task.profile);
  }
}

/** With the library's code loaded: only the store's part counts. */
async function measureOpening(profile: StoredProfile): Promise<object> {
  await openDevice(offlineLogin, true);
  const started = performance.now();
  const store = openOurs(profile);
  await openDevice(offlineLogin, false);
  const ms = performance.now() - started;
  const rssMB = await settledRssMB();
  store.close();
  return { ms, rssMB };
}

async function onStore<Result>(
  store: NodeStore,
  profile: StoredProfile | null,
  work: () => Promise<Result>,
): Promise<Result> {
  if (store === 'fake') Object.assign(globalThis, await import('fake-indexeddb'));
  const ours = store === 'ours' && profile !== null ? openOurs(profile) : null;
  try {
    return await work();
  } finally {
    ours?.close();
  }
}

function openOurs({ dir, storeKey }: StoredProfile): ProfileStore {
  const store = openProfileStore(dir, Buffer.from(storeKey, 'base64'));
  installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
  return store;
}
