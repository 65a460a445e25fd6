/** The engine: one profile's store, and at most one signed-in account on it. */
import type { DeviceSignOutRisk } from '../../preload/model/devices';
import type { SignOutRisk } from '../../preload/model/keys';
import { HoldfastError } from '../holdfast-error';
import { unmanaged, type ManagedPolicy } from '../policy/managed-policy';
import { SerialQueue } from '../serial-queue';
import { openProfileStore, type ProfileStore } from '../store/profile-store';
import { closeIndexedDB, installIndexedDBGlobals } from '../store/indexeddb';
import type { StoreError } from '../store/store-error';
import { ValueSource } from '../topics/value-source';
import { deviceSignOutRisk } from './devices/device-sign-out-risk';
import type { EngineParts } from './engine-parts';
import { EngineTopics } from './engine-topics';
import { exportStoredKeys } from './keys/key-files/export-keys';
import { riskAsTold } from './keys/sign-out-risk';
import type { ExportedKeys } from './protocol';
import { AccountSession } from './session/account-session';
import { PasswordGuard } from './session/password-guard';
import type { PasswordLogin } from './session/password-login';
import { endLogin } from './session/end-login';
import { describeEnded, forgetEnded, readEnded, takeOverUnsent } from './session/ended-session';
import { requireSafeKeys } from './session/require-safe-keys';
import { signInAgain } from './session/sign-in-again';
import {
  forgetStoredSession,
  readStoredSession,
  writeStoredSession,
  type FreshLogin,
  type StoredSession,
} from './session/stored-session';
import { isFor, noteOwner, ownerOf } from './session/store-owner';
import { untilStopped } from './session/until-stopped';
import { storeErrorCode } from './store-error';
import type { InterruptedSession } from './sync/interrupted-session';
import { PassedOverSyncs } from './sync/passed-over-syncs';
import { probeStore } from './sync/probe-store';
import { StorageWatch } from './sync/storage-watch';
import { untilSetupRests } from './sync/until-setup-rests';

export class Engine {
  readonly topics = new EngineTopics();
  readonly #host: EngineParts;
  readonly #managed: ValueSource<ManagedPolicy>;
  readonly #passwordGuard = new PasswordGuard();
  #store: ProfileStore | null = null;
  #session: AccountSession | null = null;
  #storage: StorageWatch | null = null;
  #cacheDamaged = false;
  /** From the end of opening on: until then, failing is opening's to tell. */
  #isOpen = false;
  /** While a session that was given up can't be taken up again yet. */
  #interrupted: InterruptedSession | null = null;
  readonly #passedOver = new PassedOverSyncs();
  readonly #followers = new Set<(session: AccountSession | null) => void>();
  /** Ends the requests of the engine that is closing. */
  #closing = new AbortController();
  /** Opening, signing in, signing out and closing take turns: each finds what the last one left. */
  readonly #turns = new SerialQueue();

  constructor(host: EngineParts) {
    this.#host = host;
    this.#managed = host.managed ?? new ValueSource(unmanaged);
  }

  get fetch(): typeof globalThis.fetch {
    return untilStopped(this.#host.fetch, this.#closing.signal);
  }

  /**
   * Opens the profile's store and takes up the stored session.
   *
   * @returns the user id of whose store it is; null where nobody has signed in on it yet
   * @throws {StoreError} when the store can't be opened; nothing has been changed then
   */
  open(profileDir: string, storeKey: Uint8Array): Promise<string | null> {
    return this.#turns.run(async () => {
      this.#closing = new AbortController();
      this.#cacheDamaged = false;
      try {
        await this.#open(profileDir, storeKey);
      } catch (error) {
        if (!this.#hasDamagedCache()) throw error;
        // Closing the store has put it aside.
        await this.#open(profileDir, storeKey);
      }
      return this.#session?.account.userId ?? ownerOf(this.#requireStore().crypto);
    });
  }

  async #open(profileDir: string, storeKey: Uint8Array): Promise<void> {
    const store = openProfileStore(profileDir, storeKey, {
      onStorageError: (database, problem) => {
        this.#storageFailed(database, problem);
      },
    });
    this.#store = store;
    this.#storage = new StorageWatch({
      topic: this.topics.storage,
      probe: () => {
        probeStore(store);
      },
      recover: () => this.#recover(),
    });
    this.topics.storage.set({ state: 'ok' });
    try {
      // The crypto library finds its IndexedDB in the global scope, as it does in a browser.
      installIndexedDBGlobals(globalThis, store.crypto.indexedDB);
      const session = readStoredSession(store.crypto.records);
      if (session !== null) await this.#startSession(session);
      else await this.#tellEnded(store);
      this.#host.accountChanged(this.#session?.account ?? null);
      this.#isOpen = true;
    } catch (error) {
      // The libraries in between tell less of what failed than the store does.
      const problem = this.#storage.problem ?? error;
      await this.#shut();
      throw problem;
    }
  }

  /**
   * Tells of the session now, and of the one that takes its place when it had to be given up for
   * storage that failed; null when nobody is signed in any more.
   *
   * @returns the way to stop
   * @throws {HoldfastError} `not_ready` while nobody is signed in
   */
  followSession(follower: (session: AccountSession | null) => void): () => void {
    if (this.#interrupted === null) follower(this.session);
    this.#followers.add(follower);
    return () => this.#followers.delete(follower);
  }

  /** @throws {HoldfastError} `not_ready` while nobody is signed in */
  get session(): AccountSession {
    if (this.#session === null) throw new HoldfastError('not_ready', 'Nobody is signed in');
    return this.#session;
  }

  /**
   * Signs in and starts the account's session, unless it goes on in another profile. A sign-in that
   * fails leaves no device behind.
   *
   * @throws {HoldfastError} `not_allowed` while somebody is signed in; what the login says
   */
  signIn(login: PasswordLogin): Promise<void> {
    return this.#turns.run(async () => {
      this.#requireNobody();
      const { crypto } = this.#requireStore();
      const ended = readEnded(crypto.records);
      const session = await signInAgain(this.fetch, login, ended);
      try {
        const password = await this.#passwordGuard.remember(login.password);
        const fits = await isFor(session.userId, crypto);
        const place = await this.#host.placeLogin({ session, password }, fits);
        if (place === 'here') await this.#begin(session);
        else this.#passwordGuard.forget();
      } catch (error) {
        // The reason to tell is the first one.
        await this.#endSession().catch(() => undefined);
        // A device that was taken up again holds keys, and may be taken up once more.
        if (ended?.deviceId !== session.deviceId) await endLogin(this.fetch, session);
        throw error;
      }
    });
  }

  /**
   * Goes on with a login that began in another profile. One that fails stays with the caller to end.
   *
   * @throws {HoldfastError} `not_allowed` while somebody is signed in, or on another person's store
   */
  adopt({ session, password }: FreshLogin): Promise<void> {
    return this.#turns.run(async () => {
      this.#requireNobody();
      if (!(await isFor(session.userId, this.#requireStore().crypto))) {
        throw new HoldfastError('not_allowed', 'The store is another person’s');
      }
      try {
        this.#passwordGuard.take(password);
        await this.#begin(session);
      } catch (error) {
        await this.#endSession().catch(() => undefined);
        throw error;
      }
    });
  }

  /**
   * What signing out now would lose. While a session that had to be given up is not taken up again,
   * that is what it told last.
   *
   * @throws {HoldfastError} `not_ready` while nobody is signed in
   */
  async signOutRisk(): Promise<SignOutRisk> {
    return this.#isInBetween ? riskAsTold(this.topics.keys.value) : this.session.keys.signOutRisk();
  }

  /** The same for signing out other devices of the account. @see signOutRisk */
  async deviceSignOutRisk(): Promise<DeviceSignOutRisk> {
    if (!this.#isInBetween) return this.session.deviceSignOut.risk();
    return deviceSignOutRisk(riskAsTold(this.topics.keys.value), this.topics.restore.value);
  }

  get #isInBetween(): boolean {
    return this.#session === null && this.#interrupted !== null;
  }

  /**
   * Ends the account's session on the server and here. The keys stay in the store.
   *
   * @throws {HoldfastError} `keys_pending` while keys could be lost and nobody accepted that,
   *   `policy_required` where nobody may accept it
   */
  signOut(acceptLoss: boolean): Promise<void> {
    return this.#turns.run(async () => {
      const { session } = this;
      if (acceptLoss) await session.keys.requireMayLose();
      else await requireSafeKeys(session);
      await session.endOnServer();
      forgetEnded(this.#requireStore().crypto.records);
      await this.#leave(session);
    });
  }

  /**
   * All keys of this device as a key file; of the session that the server ended, where nobody is
   * signed in.
   *
   * @throws {HoldfastError} `passphrase_too_short`, `not_ready` where there is neither
   */
  async exportKeys(passphrase: string): Promise<ExportedKeys> {
    if (this.#session !== null) return this.session.keys.exportKeys(passphrase);
    const { crypto } = this.#requireStore();
    const ended = readEnded(crypto.records);
    if (ended === null) throw new HoldfastError('not_ready', 'Nobody is signed in');
    return exportStoredKeys(crypto.indexedDB, ended, passphrase);
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#turns.run(() => this.#shut());
  }

  async #shut(): Promise<void> {
    this.#isOpen = false;
    this.#storage?.stop();
    this.#storage = null;
    this.#interrupted = null;
    await this.#session?.stop();
    this.#session = null;
    this.#followers.clear();
    this.#store?.close();
    this.#store = null;
  }

  async #begin(session: StoredSession): Promise<void> {
    const { crypto } = this.#requireStore();
    const sending = takeOverUnsent(crypto.records, session);
    writeStoredSession(crypto.records, session);
    await this.#startSession(session, sending);
    void this.session.devices.nameApart();
    await noteOwner(session.userId, crypto);
    this.#host.accountChanged(this.session.account);
    // The next sign-in is a new device's, unless the server puts this session to sleep in turn.
    forgetEnded(crypto.records);
    this.topics.endedSession.set(null);
  }

  async #startSession(stored: StoredSession, resending = noMessages): Promise<void> {
    const session: AccountSession = await AccountSession.start(stored, {
      fetch: this.fetch,
      store: this.#requireStore(),
      topics: this.topics,
      passwordGuard: this.#passwordGuard,
      managed: this.#managed,
      decryptionThread: this.#host.decryptionThread ?? null,
      recoveryKeyKnown: (proven) => {
        this.#host.recoveryKeyKnown(proven);
      },
      resending,
      onSyncProcessed: () => {
        this.#passedOver.processed();
      },
      mayPassOver: () => {
        if (this.#passedOver.mayPassOver()) return true;
        session.halt();
        // What fails while the session is taken up again tells of itself.
        this.#recover().catch(() => undefined);
        return false;
      },
      onSignedOutRemotely: () => {
        // A session that fails to end stays, and says so at the next start.
        this.#turns.run(() => this.#leave(session)).catch(() => undefined);
      },
    });
    this.#session = session;
  }

  /** Called at the moment of failure, before whoever made the write can go on. */
  #storageFailed(database: 'crypto' | 'cache', problem: StoreError): void {
    if (this.#storage === null || this.#storage.problem?.reason === 'damaged') return;
    // What is in the cache the server can give again: the saved state is older, nothing more.
    if (database === 'crypto') this.#session?.halt();
    if (database === 'cache' && problem.reason === 'damaged') {
      // The sync goes on: it needs the cache at the next start only, and closing puts it aside.
      this.#cacheDamaged = true;
      return;
    }
    if (database === 'crypto' && problem.reason === 'damaged') {
      this.#storage.damaged(problem);
      if (this.#isOpen) this.#host.storeFailed(storeErrorCode(problem));
    } else {
      this.#storage.failed(problem);
    }
  }

  #hasDamagedCache(): boolean {
    return this.#cacheDamaged;
  }

  /** Goes on after the storage failed: where keys may be lost in memory only, from what is stored. */
  async #recover(): Promise<void> {
    if (this.#interrupted === null && this.#session?.isHalted !== true) {
      await this.#session?.saveSync();
      return;
    }
    // A recovery key that is on paper already, but not in use yet, lives in this session only.
    await untilSetupRests(this.topics.setup);
    await this.#turns.run(() => this.#takeUpAgain());
  }

  async #takeUpAgain(): Promise<void> {
    const halted = this.#session;
    if (halted?.isHalted === true) {
      this.#session = null;
      this.#interrupted = { stored: halted.stored, resending: halted.abandon() };
    }
    if (this.#interrupted === null || this.#store === null) return;
    const { indexedDB } = this.#store.crypto;
    // Whatever is still under way in the old session's crypto machine ends here: two machines on
    // one store would overwrite each other's ratchets.
    closeIndexedDB(indexedDB);
    installIndexedDBGlobals(globalThis, indexedDB);
    const { stored, resending } = this.#interrupted;
    await this.#startSession(stored, resending);
    this.#interrupted = null;
    for (const follow of [...this.#followers]) follow(this.session);
  }

  async #leave(session: AccountSession): Promise<void> {
    if (this.#session !== session) return;
    try {
      await this.#endSession();
      await this.#tellEnded(this.#requireStore());
    } finally {
      this.#host.accountChanged(null);
    }
  }

  async #endSession(): Promise<void> {
    const session = this.#session;
    this.#session = null;
    for (const follow of [...this.#followers]) follow(null);
    this.#passwordGuard.forget();
    try {
      forgetStoredSession(this.#requireStore().crypto.records);
    } finally {
      await session?.stop().finally(() => {
        this.topics.clear();
      });
    }
  }

  async #tellEnded(store: ProfileStore): Promise<void> {
    this.topics.endedSession.set(await describeEnded(store));
  }

  #requireNobody(): void {
    if (this.#session === null && this.#interrupted === null) return;
    throw new HoldfastError('not_allowed', 'Already signed in');
  }

  #requireStore(): ProfileStore {
    if (this.#store === null) throw new HoldfastError('not_ready', 'The store is not open');
    return this.#store;
  }
}

const noMessages: ReadonlySet<string> = new Set();
