/** The engine: one profile's store, and at most one signed-in account on it. */
import type { Account } from '../../preload/model/app';
import { HoldfastError } from '../holdfast-error';
import { openProfileStore, type ProfileStore } from '../store/profile-store';
import { installIndexedDBGlobals } from '../store/indexeddb';
import { EngineTopics } from './engine-topics';
import type { ProvenRecoveryKey } from './protocol';
import { AccountSession } from './session/account-session';
import { PasswordGuard } from './session/password-guard';
import { loginWithPassword, type PasswordLogin } from './session/password-login';
import { endLogin } from './session/end-login';
import { forgetSoftLogout, readSoftLogout } from './session/soft-logout';
import {
  forgetStoredSession,
  readStoredSession,
  writeStoredSession,
  type StoredSession,
} from './session/stored-session';
import { untilStopped } from './session/until-stopped';

export interface EngineHost {
  readonly fetch: typeof globalThis.fetch;
  accountChanged(account: Account | null): void;
  /** The account's recovery key was proven right; wiped by whoever takes it. */
  recoveryKeyKnown(proven: ProvenRecoveryKey): void;
}

export class Engine {
  readonly topics = new EngineTopics();
  readonly #host: EngineHost;
  readonly #passwordGuard = new PasswordGuard();
  #store: ProfileStore | null = null;
  #session: AccountSession | null = null;
  /** Ends the requests of the engine that is closing. */
  #closing = new AbortController();
  #changed: Promise<unknown> = Promise.resolve();

  constructor(host: EngineHost) {
    this.#host = host;
  }

  get fetch(): typeof globalThis.fetch {
    return untilStopped(this.#host.fetch, this.#closing.signal);
  }

  /**
   * Opens the profile's store and takes up the stored session.
   *
   * @throws {StoreError} when the store can't be opened; nothing has been changed then
   */
  open(profileDir: string, storeKey: Uint8Array): Promise<void> {
    return this.#change(async () => {
      this.#closing = new AbortController();
      this.#store = openProfileStore(profileDir, storeKey);
      try {
        // The crypto library finds its IndexedDB in the global scope, as it does in a browser.
        installIndexedDBGlobals(globalThis, this.#store.crypto.indexedDB);
        const session = readStoredSession(this.#store.crypto.records);
        if (session !== null) await this.#startSession(session);
        else this.#host.accountChanged(null);
      } catch (error) {
        await this.#shut();
        throw error;
      }
    });
  }

  /** @throws {HoldfastError} `not_ready` while nobody is signed in */
  get session(): AccountSession {
    if (this.#session === null) throw new HoldfastError('not_ready', 'Nobody is signed in');
    return this.#session;
  }

  /**
   * Signs in and starts the account's session. A sign-in that fails leaves no device behind.
   *
   * @throws {HoldfastError} `not_allowed` while somebody is signed in; what the login says
   */
  signIn(login: PasswordLogin): Promise<void> {
    return this.#change(async () => {
      if (this.#session !== null) throw new HoldfastError('not_allowed', 'Already signed in');
      const { records } = this.#requireStore().crypto;
      const resume = readSoftLogout(records);
      const session = await loginWithPassword(this.fetch, login, resume);
      try {
        await this.#passwordGuard.remember(login.password);
        writeStoredSession(records, session);
        await this.#startSession(session);
        // The next sign-in is a new device's, unless the server puts this session to sleep in turn.
        forgetSoftLogout(records);
      } catch (error) {
        // The reason to tell is the first one.
        await this.#endSession().catch(() => undefined);
        // A device that was taken up again holds keys, and may be taken up once more.
        if (resume?.deviceId !== session.deviceId) await endLogin(this.fetch, session);
        throw error;
      }
    });
  }

  /**
   * Ends the account's session on the server and here. The keys stay in the store.
   *
   * @throws {HoldfastError} `keys_pending` while keys could be lost and nobody accepted that
   */
  signOut(acceptLoss: boolean): Promise<void> {
    return this.#change(async () => {
      const { session } = this;
      if (!acceptLoss) await requireSafeKeys(session);
      await session.endOnServer();
      await this.#leave(session);
      forgetSoftLogout(this.#requireStore().crypto.records);
    });
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#change(() => this.#shut());
  }

  /** Opening, signing in, signing out and closing take turns: each finds what the last one left. */
  #change<Result>(change: () => Promise<Result>): Promise<Result> {
    const changed = this.#changed.then(change);
    this.#changed = changed.catch(() => undefined);
    return changed;
  }

  async #shut(): Promise<void> {
    await this.#session?.stop();
    this.#session = null;
    this.#store?.close();
    this.#store = null;
  }

  async #startSession(stored: StoredSession): Promise<void> {
    const session: AccountSession = await AccountSession.start(stored, {
      fetch: this.fetch,
      store: this.#requireStore(),
      topics: this.topics,
      passwordGuard: this.#passwordGuard,
      recoveryKeyKnown: (proven) => {
        this.#host.recoveryKeyKnown(proven);
      },
      onSignedOutRemotely: () => {
        // A session that fails to end stays, and says so at the next start.
        this.#change(() => this.#leave(session)).catch(() => undefined);
      },
    });
    this.#session = session;
    this.#host.accountChanged(session.account);
  }

  async #leave(session: AccountSession): Promise<void> {
    if (this.#session !== session) return;
    try {
      await this.#endSession();
    } finally {
      this.#host.accountChanged(null);
    }
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    this.#passwordGuard.forget();
    try {
      forgetStoredSession(this.#requireStore().crypto.records);
    } finally {
      await session?.stop().finally(() => {
        this.topics.clear();
      });
    }
  }

  #requireStore(): ProfileStore {
    if (this.#store === null) throw new HoldfastError('not_ready', 'The store is not open');
    return this.#store;
  }
}

/** Counts once to refuse early, and again when no key can arrive any more; then all stays held. */
async function requireSafeKeys(session: AccountSession): Promise<void> {
  await requireNoRisk(session);
  try {
    if (!(await session.holdArrivals())) {
      throw new HoldfastError('keys_pending', 'Keys are still arriving');
    }
    await requireNoRisk(session);
  } catch (error) {
    session.resumeArrivals();
    throw error;
  }
}

async function requireNoRisk(session: AccountSession): Promise<void> {
  const { safe, pendingKeys } = await session.keys.signOutRisk();
  if (safe) return;
  const data = pendingKeys === null ? {} : { count: pendingKeys };
  throw new HoldfastError('keys_pending', 'Keys could be lost', data);
}
