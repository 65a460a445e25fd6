/** A signed-in account at work: client, crypto, sync, and the services built on them. */
import { ClientEvent, createClient, HttpApiEvent, IndexedDBStore, SyncState, type MatrixClient } from 'matrix-js-sdk';
import type { Account } from '../../../preload/model/app';
import type { DeviceId, UserId } from '../../../preload/model/ids';
import type { ProfileStore } from '../../store/profile-store';
import type { AccountContext } from '../account-context';
import type { EngineTopics } from '../engine-topics';
import { Keys } from '../keys/keys';
import { SecretStorageKeys } from '../keys/secret-storage-keys';
import { Rooms } from '../rooms/rooms';
import { silentLogger } from '../silent-logger';
import { Timelines } from '../timeline/timelines';
import { followConnection } from '../sync/connection';
import type { PasswordGuard } from './password-guard';
import type { StoredSession } from './stored-session';

export interface AccountParts {
  readonly fetch: typeof globalThis.fetch;
  readonly store: ProfileStore;
  readonly topics: EngineTopics;
  readonly passwordGuard: PasswordGuard;
  /** The server no longer accepts this device; the keys stay. */
  readonly onSignedOutRemotely: () => void;
}

/** Events of a room that the first sync brings. */
const initialSyncLimit = 20;

export class AccountSession {
  readonly account: Account;
  readonly client: MatrixClient;
  readonly keys: Keys;
  readonly rooms: Rooms;
  readonly timelines: Timelines;
  readonly #stop: AbortController;

  private constructor(context: AccountContext, stop: AbortController) {
    this.account = context.account;
    this.client = context.client;
    this.#stop = stop;
    this.keys = new Keys(context);
    this.rooms = new Rooms(context);
    this.timelines = new Timelines(context);
  }

  /** Opens the account's stores and starts to sync; works offline with what is stored. */
  static async start(session: StoredSession, parts: AccountParts): Promise<AccountSession> {
    const stop = new AbortController();
    const secretStorageKeys = new SecretStorageKeys();
    // One crypto store per device, never deleted: a new device of the account gets its own.
    const storeName = `${session.userId}:${session.deviceId}`;
    const syncStore = new IndexedDBStore({
      indexedDB: parts.store.cache.indexedDB,
      dbName: storeName,
    });
    const client = createClient({
      baseUrl: session.baseUrl,
      userId: session.userId,
      deviceId: session.deviceId,
      accessToken: session.accessToken,
      fetchFn: parts.fetch,
      store: syncStore,
      cryptoCallbacks: secretStorageKeys.callbacks,
      logger: silentLogger,
      timelineSupport: true,
      disableVoip: true,
    });
    await syncStore.startup();
    await client.initRustCrypto({ useIndexedDB: true, cryptoDatabasePrefix: storeName });

    const context: AccountContext = {
      client,
      account: accountOf(session),
      store: parts.store,
      topics: parts.topics,
      passwordGuard: parts.passwordGuard,
      secretStorageKeys,
      stopped: stop.signal,
    };
    const started = new AccountSession(context, stop);
    followConnection(context);
    client.on(HttpApiEvent.SessionLoggedOut, parts.onSignedOutRemotely);
    await client.startClient({ initialSyncLimit, lazyLoadMembers: true });
    return started;
  }

  /** Tells the server that this device is gone. A server out of reach does not keep anyone here. */
  async endOnServer(): Promise<void> {
    this.client.stopClient();
    await this.client.logout(true).catch(() => undefined);
  }

  /** Stops syncing and writes what is pending; the stores stay open for the next account. */
  async stop(): Promise<void> {
    this.#stop.abort();
    this.client.stopClient();
    if (this.client.getSyncState() !== SyncState.Error) await this.client.store.save(true);
    await this.client.store.destroy();
    this.client.removeAllListeners(ClientEvent.Sync);
  }
}

function accountOf({ userId, deviceId }: StoredSession): Account {
  return {
    userId: userId as UserId,
    deviceId: deviceId as DeviceId,
    serverName: userId.slice(userId.indexOf(':') + 1),
    displayName: userId.slice(1, userId.indexOf(':')),
  };
}
