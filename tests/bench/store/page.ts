/** The bench's page: the same work in Chromium, on its own IndexedDB. */
import {
  importKeys,
  measureRecords,
  offlineLogin,
  openDevice,
  restoreBackup,
  type ImportTask,
  type Login,
  type RestoreTask,
} from './workload';

const bench = {
  /** @param keysUrl where this page's server has the keys */
  async import(keysUrl: string, batchSize: number) {
    const keys = (await (await fetch(keysUrl)).json()) as ImportTask['keys'];
    const device = await openDevice(offlineLogin, false);
    return importKeys(device, { keys, batchSize });
  },
  async restore(login: Login, task: RestoreTask) {
    return restoreBackup(await openDevice(login, false), task);
  },
  records: (count: number) => measureRecords(indexedDB, count),
};

export type PageBench = typeof bench;

Object.assign(globalThis, { bench });
