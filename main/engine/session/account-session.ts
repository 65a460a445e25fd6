/** A signed-in account at work: client, crypto, sync, and the services built on them. */
import './silence-sdk';
import {
  createClient,
  HttpApiEvent,
  PendingEventOrdering,
  type IndexedDBStore,
  type MatrixClient,
  type MatrixError,
} from 'matrix-js-sdk';
import type { Account } from '../../../preload/model/app';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { ManagedPolicy } from '../../policy/managed-policy';
import type { ProfileStore } from '../../store/profile-store';
import type { ValueSource } from '../../topics/value-source';
import { within } from '../../within';
import type { AccountContext } from '../account-context';
import { DeviceSignOut } from '../devices/device-sign-out';
import { OwnDevices } from '../devices/own-devices';
import { VerifiedOnly } from '../devices/verified-only';
import type { EngineTopics } from '../engine-topics';
import { InteractiveAuth } from '../interactive-auth/interactive-auth';
import { Keys } from '../keys/keys';
import type { ProvenRecoveryKey } from '../protocol';
import { Rooms } from '../rooms/rooms';
import { WatchedRooms } from '../rooms/watched-rooms';
import { silentLogger } from '../silent-logger';
import { followConnection } from '../sync/connection';
import { guardCrypto } from '../sync/guarded-crypto';
import { guardedSyncStore } from '../sync/guarded-sync-store';
import { firstSyncState } from '../sync/first-sync-state';
import { listen } from '../sync/listen';
import { isSyncing, stopSyncing } from '../sync/stop-syncing';
import { SyncGate } from '../sync/sync-gate';
import { SyncHalt } from '../sync/sync-halt';
import { WholeSyncs } from '../sync/whole-syncs';
import { saveSyncState } from '../sync/save-sync-state';
import { messagesOnTheirWay } from '../timeline/messages-on-their-way';
import { messageQueue } from '../timeline/send-retries';
import { Timelines } from '../timeline/timelines';
import { verificationMethods } from '../verification/methods';
import { People } from '../verification/people';
import { Verifications } from '../verification/verifications';
import { acceptDeferredKeyBundles } from './defer-key-bundles';
import { endDevice } from './end-login';
import { impatientFetch } from './impatient-fetch';
import { rememberEnded } from './ended-session';
import { fetchDisplayName, storedDisplayName } from './own-profile';
import type { PasswordGuard } from './password-guard';
import { withoutPortalPages } from './portal-pages';
import { storeName } from './store-names';
import type { StoredSession } from './stored-session';
import { untilStopped } from './until-stopped';

export interface AccountParts {
  readonly fetch: typeof globalThis.fetch;
  readonly store: ProfileStore;
  readonly topics: EngineTopics;
  readonly passwordGuard: PasswordGuard;
  /** @see AccountContext.managed */
  readonly managed: ValueSource<ManagedPolicy>;
  /** @see AccountContext.decryptionThread */
  readonly decryptionThread: URL | null;
  readonly recoveryKeyKnown: (proven: ProvenRecoveryKey) => void;
  /** The server no longer accepts this device; the keys stay. */
  readonly onSignedOutRemotely: () => void;
  /** A sync's keys were taken in. */
  readonly onSyncProcessed: () => void;
  /** They were not, for no reason of the storage's; true where the sync may pass over that. */
  readonly mayPassOver: (error: unknown) => boolean;
  /** What {@link AccountSession.abandon} of the session before this one gave. */
  readonly resending: ReadonlySet<string>;
}

/** What holds a session's sync: for a while, or for good. */
interface Brakes {
  readonly stop: AbortController;
  readonly gate: SyncGate;
  readonly halt: SyncHalt;
}

/** Milliseconds; with those of stopping the sync, less than the app has for its whole end. */
const settleWithinMs = 500;
const snapshotWithinMs = 1_000;

/** Events of a room that the first sync brings. */
const initialSyncLimit = 20;

export class AccountSession {
  readonly account: Account;
  readonly stored: StoredSession;
  readonly client: MatrixClient;
  readonly interactiveAuth: InteractiveAuth;
  readonly keys: Keys;
  readonly rooms: Rooms;
  readonly timelines: Timelines;
  readonly verifications: Verifications;
  readonly people: People;
  readonly devices: OwnDevices;
  readonly deviceSignOut: DeviceSignOut;
  readonly verifiedOnly: VerifiedOnly;
  /** Resolves when what is stored is loaded, or the session stops. */
  readonly loaded: Promise<void>;
  readonly #brakes: Brakes;

  private constructor(context: AccountContext, stored: StoredSession, brakes: Brakes) {
    this.account = context.account;
    this.stored = stored;
    this.client = context.client;
    this.#brakes = brakes;
    this.loaded = firstSyncState(context);
    this.interactiveAuth = context.interactiveAuth;
    this.keys = new Keys(context);
    this.rooms = new Rooms(context);
    this.verifiedOnly = new VerifiedOnly(context);
    this.people = new People(context, this.verifiedOnly);
    this.timelines = new Timelines(context, {
      requireDemandsMet: () => {
        this.keys.requireDemandsMet();
      },
      requireUnchanged: (roomId) => this.people.requireUnchanged(roomId),
    });
    this.devices = new OwnDevices(context);
    this.deviceSignOut = new DeviceSignOut(context, this.keys, this.devices);
    this.verifications = new Verifications(context, {
      verifiedByOwnDevice: () => {
        this.keys.verifiedByOwnDevice();
      },
    });
  }

  /** Opens the account's stores and starts to sync; works offline with what is stored. */
  static async start(session: StoredSession, parts: AccountParts): Promise<AccountSession> {
    const brakes = { stop: new AbortController(), gate: new SyncGate(), halt: new SyncHalt() };
    const { stop, gate, halt } = brakes;
    const whole = new WholeSyncs(parts.store.crypto.indexedDB);
    const guarded = whole.guard(
      halt.guard(gate.guard(withoutPortalPages(impatientFetch(parts.fetch)))),
    );
    const syncStore = guardedSyncStore(parts.store.cache.indexedDB, storeName(session), halt);
    const client = createAccountClient(session, syncStore, untilStopped(guarded, stop.signal));
    try {
      await openStores(client, session);
      guardCrypto(client, {
        halt,
        whole,
        stopped: stop.signal,
        processed: parts.onSyncProcessed,
        mayPassOver: parts.mayPassOver,
      });
      return await AccountSession.#startWith(client, session, parts, brakes);
    } catch (error) {
      stop.abort();
      client.stopClient();
      throw error;
    }
  }

  static async #startWith(
    client: MatrixClient,
    session: StoredSession,
    parts: AccountParts,
    brakes: Brakes,
  ): Promise<AccountSession> {
    const { stop } = brakes;
    const shared = {
      client,
      account: await accountOf(session, client, parts.store, stop.signal),
      topics: parts.topics,
      passwordGuard: parts.passwordGuard,
      stopped: stop.signal,
    };
    const context: AccountContext = {
      ...shared,
      store: parts.store,
      interactiveAuth: new InteractiveAuth(shared),
      watchedRooms: new WatchedRooms(),
      managed: parts.managed,
      decryptionThread: parts.decryptionThread,
      recoveryKeyKnown: parts.recoveryKeyKnown,
      resending: parts.resending,
    };
    const started = new AccountSession(context, session, brakes);
    followConnection(context);
    saveSyncState(context);
    started.#followSignOut(session, parts);
    // Not awaited: it asks the server first, and what is stored is to be shown without it.
    client
      .startClient({
        initialSyncLimit,
        lazyLoadMembers: true,
        // Messages that are not sent yet stay apart from the timeline.
        pendingEventOrdering: PendingEventOrdering.Detached,
      })
      .catch(() => {
        if (!stop.signal.aborted) {
          parts.topics.connection.set({ state: 'reconnecting', retryAt: null });
        }
      });
    return started;
  }

  /**
   * Lets nothing more arrive until {@link resumeArrivals}. True once what has arrived is stored,
   * false where that takes long.
   */
  async holdArrivals(): Promise<boolean> {
    const settled = await this.#brakes.gate.shut();
    return settled || !isSyncing(this.client);
  }

  resumeArrivals(): void {
    this.#brakes.gate.open();
  }

  /**
   * Lets a check of the backup that the SDK began by itself end before its crypto machine is gone:
   * nobody would catch what it throws then. Without a network it is over soon, or waits for ever.
   */
  async #settleBackupCheck(): Promise<void> {
    const check = this.client.getCrypto()?.checkKeyBackupAndEnable();
    const settled = check?.catch(() => undefined);
    if (settled !== undefined) await within(settleWithinMs, settled);
  }

  /** Tells the server that this device is gone. A server out of reach does not keep anyone here. */
  async endOnServer(): Promise<void> {
    this.client.removeAllListeners(HttpApiEvent.SessionLoggedOut);
    this.client.stopClient();
    await endDevice(this.client);
  }

  /**
   * Lets nothing pass to the server or into the saved sync state any more, since a write of keys
   * has failed. For good: only a new session goes on.
   */
  halt(): void {
    this.#brakes.halt.halt();
  }

  get isHalted(): boolean {
    return this.#brakes.halt.isHalted;
  }

  /** Saves what the sync has brought; what fails is told by the store. */
  async saveSync(): Promise<void> {
    await this.client.store.save(true);
  }

  /**
   * Stops at once and writes nothing: what is in memory may be ahead of what is stored.
   *
   * @returns what was being sent, for the session after this one
   */
  abandon(): ReadonlySet<string> {
    const sending = messagesOnTheirWay(this.client);
    this.halt();
    this.#brakes.stop.abort();
    this.client.stopClient();
    void this.client.store.destroy();
    return sending;
  }

  /** Stops syncing and writes what is pending; the stores stay open for the next account. */
  async stop(): Promise<void> {
    if (this.isHalted) {
      this.abandon();
      return;
    }
    this.#brakes.stop.abort();
    await within(snapshotWithinMs, this.keys.snapshots.settled());
    await this.#settleBackupCheck();
    await stopSyncing(this.client);
    await this.client.store.save(true);
    await this.client.store.destroy();
  }

  #followSignOut(session: StoredSession, parts: AccountParts): void {
    const signedOut = (error: MatrixError): void => {
      this.client.off(HttpApiEvent.SessionLoggedOut, signedOut);
      const sending = messagesOnTheirWay(this.client);
      rememberEnded(parts.store.crypto.records, session, error, sending);
      parts.onSignedOutRemotely();
    };
    listen(this.client, this.#brakes.stop.signal, { [HttpApiEvent.SessionLoggedOut]: signedOut });
  }
}

function createAccountClient(
  session: StoredSession,
  store: IndexedDBStore,
  fetchFn: typeof globalThis.fetch,
): MatrixClient {
  return createClient({
    baseUrl: session.baseUrl,
    userId: session.userId,
    deviceId: session.deviceId,
    accessToken: session.accessToken,
    fetchFn,
    store,
    scheduler: messageQueue(),
    // Secret storage is read and written by keys/secrets, straight from the server. The SDK would go
    // by its own, perhaps older copy (I2), and asks at moments when nobody entered a key.
    cryptoCallbacks: { getSecretStorageKey: () => Promise.resolve(null) },
    verificationMethods,
    logger: silentLogger,
    timelineSupport: true,
    disableVoip: true,
  });
}

async function openStores(client: MatrixClient, session: StoredSession): Promise<void> {
  await client.store.startup();
  await client.initRustCrypto({
    useIndexedDB: true,
    cryptoDatabasePrefix: storeName(session),
  });
  void acceptDeferredKeyBundles(client.getCrypto());
}

async function accountOf(
  { userId, deviceId }: StoredSession,
  client: MatrixClient,
  { crypto: { records } }: ProfileStore,
  stopped: AbortSignal,
): Promise<Account> {
  const stored = storedDisplayName(records, userId);
  const asked = fetchDisplayName(client, records, userId, stopped);
  return {
    userId: userId as UserId,
    deviceId: deviceId as DeviceId,
    serverName: userId.slice(userId.indexOf(':') + 1),
    displayName: stored ?? (await asked) ?? userId.slice(1, userId.indexOf(':')),
  };
}
