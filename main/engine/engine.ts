/** The engine: one profile's store, and at most one signed-in account on it. */
import type { Account } from '../../preload/model/app';
import { HoldfastError } from '../holdfast-error';
import { openProfileStore, type ProfileStore } from '../store/profile-store';
import { installIndexedDBGlobals } from '../store/indexeddb';
import { EngineTopics } from './engine-topics';
import { AccountSession } from './session/account-session';
import { PasswordGuard } from './session/password-guard';
import { loginWithPassword, type PasswordLogin } from './session/password-login';
import { readSoftLogout } from './session/soft-logout';
import {
  forgetStoredSession,
  readStoredSession,
  writeStoredSession,
  type StoredSession,
} from './session/stored-session';

export interface EngineHost {
  readonly fetch: typeof globalThis.fetch;
  accountChanged(account: Account | null): void;
}

export class Engine {
  readonly topics = new EngineTopics();
  readonly #host: EngineHost;
  readonly #passwordGuard = new PasswordGuard();
  #store: ProfileStore | null = null;
  #session: AccountSession | null = null;

  constructor(host: EngineHost) {
    this.#host = host;
  }

  get fetch(): typeof globalThis.fetch {
    return this.#host.fetch;
  }

  /**
   * Opens the profile's store and takes up the stored session.
   *
   * @throws {StoreError} when the store can't be opened; nothing has been changed then
   */
  async open(profileDir: string, storeKey: Uint8Array): Promise<void> {
    this.#store = openProfileStore(profileDir, storeKey);
    try {
      // The crypto library finds its IndexedDB in the global scope, as it does in a browser.
      installIndexedDBGlobals(globalThis, this.#store.crypto.indexedDB);
      const session = readStoredSession(this.#store.crypto.records);
      if (session !== null) await this.#startSession(session);
      else this.#host.accountChanged(null);
    } catch (error) {
      await this.close();
      throw error;
    }
  }

  /** @throws {HoldfastError} `not_ready` while nobody is signed in */
  get session(): AccountSession {
    if (this.#session === null) throw new HoldfastError('not_ready', 'Nobody is signed in');
    return this.#session;
  }

  async signIn(login: PasswordLogin): Promise<void> {
    if (this.#session !== null) throw new HoldfastError('not_allowed', 'Already signed in');
    const { records } = this.#requireStore().crypto;
    const session = await loginWithPassword(this.fetch, login, readSoftLogout(records));
    await this.#passwordGuard.remember(login.password);
    writeStoredSession(records, session);
    await this.#startSession(session);
  }

  /**
   * Ends the account's session on the server and here. The keys stay in the store.
   *
   * @throws {HoldfastError} `keys_pending` while keys could be lost and nobody accepted that
   */
  async signOut(acceptLoss: boolean): Promise<void> {
    const { session } = this;
    const { safe, pendingKeys } = await session.keys.signOutRisk();
    if (!safe && !acceptLoss) {
      const data = pendingKeys === null ? {} : { count: pendingKeys };
      throw new HoldfastError('keys_pending', 'Keys could be lost', data);
    }
    await session.endOnServer();
    await this.#leave();
  }

  async close(): Promise<void> {
    await this.#session?.stop();
    this.#session = null;
    this.#store?.close();
    this.#store = null;
  }

  async #startSession(stored: StoredSession): Promise<void> {
    this.#session = await AccountSession.start(stored, {
      fetch: this.fetch,
      store: this.#requireStore(),
      topics: this.topics,
      passwordGuard: this.#passwordGuard,
      onSignedOutRemotely: () => void this.#leave(),
    });
    this.#host.accountChanged(this.#session.account);
  }

  async #leave(): Promise<void> {
    const session = this.#session;
    if (session === null) return;
    this.#session = null;
    await session.stop();
    this.#passwordGuard.forget();
    forgetStoredSession(this.#requireStore().crypto.records);
    this.topics.clear();
    this.#host.accountChanged(null);
  }

  #requireStore(): ProfileStore {
    if (this.#store === null) throw new HoldfastError('not_ready', 'The store is not open');
    return this.#store;
  }
}
