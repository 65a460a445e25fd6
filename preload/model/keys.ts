import type { ErrorCode } from '../errors';
import type { RoomId } from './ids';
import type { KeyFindings } from './key-findings';
import type { KeyRepair } from './key-repair';

/** The one state the UI shows about keys (docs/key-management.md, "States"). */
export type KeyState =
  | 'unknown'
  | 'ready'
  | 'needs_setup'
  | 'needs_restore'
  | 'needs_verification'
  | 'backup_changed'
  | 'backup_untrusted'
  | 'secrets_incomplete'
  | 'uploading'
  | 'disabled_by_user'
  | 'reset_required';

export interface KeyHealth {
  readonly state: KeyState;
  /** Keys on this device that are not yet in the backup; null while unknown. */
  readonly pendingKeys: number | null;
  /** Keys in the backup on the server; null while unknown. */
  readonly backedUpKeys: number | null;
  readonly backupVersion: string | null;
  /** Encrypted rooms this account is in: what is at stake. */
  readonly encryptedRooms: number;
  readonly reminder: Reminder;
  readonly policy: KeyPolicy;
  /** What has to be done before anything else, because it is required; null where nothing has. */
  readonly demand: KeyDemand | null;
  /**
   * The key backup of the account is switched off: opening it with the recovery key or phrase switches
   * it on again. False while unknown.
   */
  readonly switchedOff: boolean;
  /** True where a recovery key made from a phrase can be entered as the phrase. */
  readonly phraseKnown: boolean;
  /** The one way out that is offered; null where nothing is to be repaired. */
  readonly repair: KeyRepair | null;
  /** What helps where {@link repair} is out of reach. */
  readonly otherwise: KeyRepair | null;
  /** What the state rests on, as far as it was last told; null before the first time. */
  readonly findings: KeyFindings | null;
  /** When an encrypted copy of all keys was last made on this computer, in milliseconds since 1970. */
  readonly snapshotAt: number | null;
  /** Why something could not be asked just now. */
  readonly problem: ErrorCode | null;
}

/** The reminder can be snoozed, never killed. */
export type Reminder =
  { readonly due: false; readonly snoozedUntil: number | null } | { readonly due: true };

export type SetupMethod = 'key' | 'phrase';

/**
 * What is required first. `repair`: the state's own way out, {@link KeyHealth.repair}, or
 * {@link KeyHealth.otherwise}.
 */
export type KeyDemand = 'setup' | 'restore' | 'repair';

export interface KeyPolicy {
  /** No skip, anywhere. */
  readonly setupRequired: boolean;
  readonly methods: readonly SetupMethod[];
}

/** Where the key-backup setup stands. The recovery key's text itself is never in here. */
export type SetupState =
  | { readonly step: 'idle' }
  | {
      readonly step: 'presenting';
      readonly method: SetupMethod;
      readonly kept: KeptCopies;
      /** The three groups (1-based) the person is asked to type as proof. */
      readonly askedGroups: readonly number[];
    }
  | { readonly step: 'proven'; readonly method: SetupMethod; readonly kept: KeptCopies }
  | { readonly step: 'securing'; readonly doing: SecuringStep }
  | { readonly step: 'done' };

/** Which copies of the recovery key have been made in this setup. */
export interface KeptCopies {
  readonly saved: boolean;
  readonly printed: boolean;
  readonly pdf: boolean;
  readonly copied: boolean;
}

export type SecuringStep = 'identity' | 'secret_storage' | 'backup' | 'uploading';

export type RestoreState =
  | { readonly step: 'idle' }
  | { readonly step: 'checking' }
  | {
      readonly step: 'restoring';
      readonly done: number;
      readonly total: number;
      /** Milliseconds, estimated; null until enough is known. */
      readonly timeLeftMs: number | null;
    }
  | {
      readonly step: 'done';
      readonly imported: number;
      readonly total: number;
      /** Keys in the backup that could not be read, or that it did not hand out. */
      readonly failed: number;
      /** Where the keys that could not be read belong. */
      readonly failedRooms: readonly FailedRoom[];
    }
  /** By the person; it waits for them. */
  | { readonly step: 'paused'; readonly done: number; readonly total: number }
  /** By the network: it goes on by itself where that can help. */
  | { readonly step: 'interrupted'; readonly done: number; readonly total: number };

export interface FailedRoom {
  readonly roomId: RoomId;
  readonly keys: number;
}

/** What would be lost by signing out now (I3). */
export interface SignOutRisk {
  readonly state: KeyState;
  readonly pendingKeys: number | null;
  readonly encryptedRooms: number;
  /** True only where every key is known to be in the backup and the backup can be opened again. */
  readonly safe: boolean;
  /**
   * Milliseconds since 1970. Set where it could not be counted now: the numbers are what was known
   * then.
   */
  readonly knownAt?: number;
  readonly unfinished?: UnfinishedKeyWork;
  /**
   * Set where the private keys of the account's identity are, as far as is known, on this device
   * alone: then signing out is not safe, though no key waits.
   */
  readonly identityOnlyHere?: true;
}

/**
 * What is under way with the keys. All but a restore, whose rest stays in the backup, must come to
 * an end before signing out is safe. Quitting loses none of it: it goes on at the next start.
 */
export type UnfinishedKeyWork = 'carry_over' | 'key_change' | 'setup' | 'restore';

/** What is asked when somebody wants to quit. */
export interface QuitQuestion extends SignOutRisk {
  /** A recovery key was made but is not in use yet: after quitting, copies of it open nothing. */
  readonly keyNotInUse: boolean;
}
