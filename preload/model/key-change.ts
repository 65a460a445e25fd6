import type { ErrorCode } from '../errors';

/** A change of what protects the account's keys, each of which can be gone on with after a crash. */
export type KeyChangeOperation = 'new_key' | 'reset_backup' | 'reset_everything';

/** What is being done; an operation does some of these, in an order of its own. */
export type KeyChangeStep =
  /** What the present backup holds comes to this device. */
  | 'read_backup'
  /** All keys of this device are written to an encrypted file on it. */
  | 'snapshot'
  /** The new recovery key is described in secret storage. */
  | 'describe_key'
  /** The account's secrets are stored for it, and read back. */
  | 'store_secrets'
  /** It takes the place of the old one. */
  | 'switch_key'
  /** What was stored for the old one is removed. */
  | 'remove_old_key'
  /** The account gets a new identity; the server asks who is there. */
  | 'replace_identity'
  /** This device is verified by it. */
  | 'sign_device'
  | 'create_backup'
  | 'fill_backup'
  /** Only where it was read to the last key. */
  | 'delete_backup';

export interface KeyChangeProgress {
  readonly done: number;
  readonly total: number;
}

/** Where a change stands. Secrets are never in here. */
export type KeyChangeState =
  | { readonly step: 'none' }
  | (UnderWay & {
      readonly step: 'working';
      /** Null once everything is done, or undone, but not yet forgotten. */
      readonly doing: KeyChangeStep | null;
      readonly progress: KeyChangeProgress | null;
      /** No answer from the server; it goes on by itself. */
      readonly waiting: boolean;
    })
  /** It can't go on by itself: the person tries again, or cancels where that is still possible. */
  | (UnderWay & {
      readonly step: 'stopped';
      readonly doing: KeyChangeStep | null;
      readonly code: ErrorCode;
    })
  | {
      readonly step: 'done';
      readonly operation: KeyChangeOperation;
      /**
       * What was to be cleaned up and could not be, because the server refused: an old backup that
       * stays does no harm (`delete_backup`), an old recovery key that stays still opens everything
       * (`remove_old_key`).
       */
      readonly left?: readonly KeyChangeStep[];
      /**
       * How many recovery keys besides the present one secret storage knows. They don't open a new
       * backup: each does once it has been entered on this device to complete the account.
       */
      readonly otherKeys?: number;
    };

interface UnderWay {
  readonly operation: KeyChangeOperation;
  /** All steps of this operation, in their order. */
  readonly steps: readonly KeyChangeStep[];
  /** False from the point of no return on. */
  readonly cancellable: boolean;
}

/** All room keys of this device, as they were, in an encrypted file on it. */
export interface KeySnapshot {
  readonly id: string;
  /** Milliseconds since 1970. */
  readonly madeAt: number;
  readonly keys: number;
  /** True where the recovery key of then opens it, too. */
  readonly recoverable: boolean;
}
