/** The devices of the own account. */
import type { ErrorCode } from '../errors';
import type { DeviceId } from './ids';
import type { KeyState } from './keys';

/**
 * `no_keys`: it has none, so it can neither read encrypted messages nor be verified.
 * `unknown`: this device is not verified itself, and can't judge others.
 */
export type DeviceTrust = 'verified' | 'unverified' | 'no_keys' | 'unknown';

export interface OwnDevice {
  readonly id: DeviceId;
  /** As its owner named it; null where nobody did. */
  readonly name: string | null;
  readonly isThis: boolean;
  readonly trust: DeviceTrust;
  /** Milliseconds since 1970; null where the server does not tell. */
  readonly lastSeenAt: number | null;
  /** When this device first saw it; null where it was there before this device looked. */
  readonly noticedAt: number | null;
}

export interface DeviceStatus {
  /** `stale`: the list is the last one heard of, see `problem`. */
  readonly list: 'loading' | 'fresh' | 'stale';
  readonly problem: ErrorCode | null;
  /** Signed in since this device looks, not verified, and not put off: was that the person? */
  readonly unfamiliar: readonly DeviceId[];
}

/** Why this device could not read the account's history on its own; null where it can. */
export type DeviceSignOutObstacle =
  | 'unknown'
  | 'no_backup'
  | 'backup_broken'
  | 'not_verified'
  | 'not_restored'
  | 'restoring'
  | 'keys_pending'
  | null;

/** What is known of the loss that signing other devices out could be. */
export interface DeviceSignOutRisk {
  readonly obstacle: DeviceSignOutObstacle;
  readonly state: KeyState;
  /** Keys of this device that the backup lacks; null while unknown. */
  readonly pendingKeys: number | null;
}
