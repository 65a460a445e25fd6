/** The engine's thread: everything Matrix happens here, so that no window ever waits for it. */
import { parentPort } from 'node:worker_threads';
import { fetchOverLink } from '../egress/fetch-over-link';
import { connect, type Procedures } from '../link/rpc';
import { unmanaged } from '../policy/managed-policy';
import { ValueSource } from '../topics/value-source';
import { Engine } from './engine';
import { engineHandlers } from './handlers';
import type { EngineProcedures, MainProcedures } from './protocol';
import { withStoreCode } from './store-error';
import { engineTopicSources } from './topic-sources';

if (parentPort === null) throw new Error('The engine runs on a worker thread only');

const openTopics = new Map<number, () => void>();

const procedures: Procedures<EngineProcedures> = {
  async open({ profileDir, storeKey, managed: policy }) {
    managed.set(policy);
    try {
      return await engine.open(profileDir, storeKey);
    } catch (error) {
      throw withStoreCode(error);
    } finally {
      // This thread's copy; main wipes its own.
      storeKey.fill(0);
    }
  },
  managedChanged: (policy) => {
    managed.set(policy);
  },
  async adopt(login) {
    try {
      await engine.adopt(login);
    } catch (error) {
      throw withStoreCode(error);
    }
  },
  async call({ name, args }) {
    try {
      return await (handlers[name] as (args: unknown) => Promise<unknown>)(args);
    } catch (error) {
      throw withStoreCode(error);
    }
  },
  openTopic({ subscription, topic, params }) {
    const source = (sources as Record<string, (params: unknown) => AnySource>)[topic];
    if (source === undefined) return;
    const stop = source(params).subscribe((message) => {
      main.call('topicMessage', { subscription, message }).catch(mainGone);
    });
    openTopics.set(subscription, stop);
  },
  closeTopic({ subscription }) {
    openTopics.get(subscription)?.();
    openTopics.delete(subscription);
  },
  recoverySheet: () => engine.session.keys.recoverySheet(),
  copyKept: ({ copy }) => engine.session.keys.copyKept(copy),
  confirmationPage: () => engine.session.interactiveAuth.openPage(),
  helpDeskReport: (app) => engine.session.keys.helpDeskReport(app),
  exportKeys: ({ passphrase }) => engine.exportKeys(passphrase),
  importKeys: ({ text, passphrase }) => engine.session.keys.importKeys(text, passphrase),
  close: () => engine.close(),
};

interface AnySource {
  subscribe(listener: (message: unknown) => void): () => void;
}

/** What main can't take, as while the app ends, must not end this thread with it. */
const mainGone = (): void => undefined;

const managed = new ValueSource(unmanaged);
const main = connect<MainProcedures, EngineProcedures>(parentPort, procedures);
const engine = new Engine({
  fetch: fetchOverLink(main),
  managed,
  // Beside this script, as the build lays them.
  decryptionThread: new URL('./decryption.js', import.meta.url),
  accountChanged: (account) => {
    main.call('accountChanged', { account }).catch(mainGone);
  },
  recoveryKeyKnown: (proven) => {
    // Moved, so that no copy stays on this thread.
    const transfer = [proven.privateKey.buffer];
    main.call('recoveryKeyKnown', proven, { transfer }).catch(mainGone);
  },
  storeFailed: (code) => {
    main.call('storeFailed', { code }).catch(mainGone);
  },
  placeLogin: (login, fitsStore) => main.call('placeLogin', { login, fitsStore }),
});
const handlers = engineHandlers(engine);
const sources = engineTopicSources(engine);
