/** The one thing that helps in a state of the keys, from the least destructive to the most. */
export type KeyRepair =
  /** Ask the server once more. */
  | 'try_again'
  /** Upload now what waits, rather than by and by. */
  | 'upload_now'
  /** Switch the backup on again, which the person has switched off. */
  | 'switch_on'
  /** Set up key backup, where there is nothing it could replace. */
  | 'setup'
  /** Enter the recovery key: this device is verified by it, and takes up the backup. */
  | 'restore'
  /** Verify with another device, which sends what is missing here. */
  | 'verify'
  /** Enter the recovery key on a device at work: what secret storage or the backup lacks is added. */
  | 'complete'
  /** Make a new recovery key with what this device has. */
  | 'new_key'
  /** A new backup beside the one that nobody here can open. */
  | 'reset_backup'
  /** A new identity, too. */
  | 'reset_everything';

/** How completing with the recovery key went. */
export type Completed =
  /** This device uses the backup, and secret storage holds what opens it. */
  | 'complete'
  /** The key is right, but the backup was made with another one, which is nowhere here. */
  | 'backup_closed'
  /** This device is not verified, and nothing in secret storage could make it so. */
  | 'not_verified';
