import type { ErrorCode } from '../../preload/errors';
import type { Account } from '../../preload/model/app';
import type { ManagedPolicy } from '../policy/managed-policy';
import type { ValueSource } from '../topics/value-source';
import type { ProvenRecoveryKey } from './protocol';
import type { FreshLogin } from './session/stored-session';

/** What the engine is given, and whom it tells. */
export interface EngineParts {
  readonly fetch: typeof globalThis.fetch;
  /** What the organisation has set on this computer; without it, nothing. */
  readonly managed?: ValueSource<ManagedPolicy>;
  /** The built script of a thread that decrypts backed-up keys; without it, the engine's own does. */
  readonly decryptionThread?: URL;
  accountChanged(account: Account | null): void;
  /** The account's recovery key was proven right; wiped by whoever takes it. */
  recoveryKeyKnown(proven: ProvenRecoveryKey): void;
  /** The open store turned out to be damaged: nothing is written any more, and it is to be closed. */
  storeFailed(code: ErrorCode): void;
  /**
   * Where a login goes on. `elsewhere`: the host has taken it over, for the person's own profile.
   *
   * @param fitsStore whether the open store is this person's, or nobody's
   */
  placeLogin(login: FreshLogin, fitsStore: boolean): Promise<'here' | 'elsewhere'>;
}
