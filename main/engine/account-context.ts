import type { MatrixClient } from 'matrix-js-sdk';
import type { Account } from '../../preload/model/app';
import type { ManagedPolicy } from '../policy/managed-policy';
import type { ProfileStore } from '../store/profile-store';
import type { ValueSource } from '../topics/value-source';
import type { EngineTopics } from './engine-topics';
import type { InteractiveAuth } from './interactive-auth/interactive-auth';
import type { ProvenRecoveryKey } from './protocol';
import type { WatchedRooms } from './rooms/watched-rooms';
import type { PasswordGuard } from './session/password-guard';

/** What every part of a signed-in account works with. */
export interface AccountContext {
  readonly client: MatrixClient;
  readonly account: Account;
  readonly store: ProfileStore;
  readonly topics: EngineTopics;
  readonly passwordGuard: PasswordGuard;
  /** For requests that the server takes from the person themselves only. */
  readonly interactiveAuth: InteractiveAuth;
  readonly watchedRooms: WatchedRooms;
  /** What the organisation has set on this computer. */
  readonly managed: ValueSource<ManagedPolicy>;
  /** The script of a thread that decrypts backed-up keys; null: the engine's thread does. */
  readonly decryptionThread: URL | null;
  /** Takes the key over, and wipes it. */
  readonly recoveryKeyKnown: (proven: ProvenRecoveryKey) => void;
  /**
   * Transaction ids of messages that were on their way when the session before this one had to be
   * given up: they are sent by themselves.
   */
  readonly resending: ReadonlySet<string>;
  /** Aborted when the account's session stops. */
  readonly stopped: AbortSignal;
}
