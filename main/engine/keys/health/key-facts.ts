/** What is known about an account's keys, as seen from this device. `unknown` is never absence (I2). */
export interface KeyFacts {
  readonly backup: 'unknown' | 'absent' | 'present';
  /** What this device is to the backup; `untrusted` where there is none. */
  readonly backupTrust: BackupTrust;
  /** Another version than the one this device worked with, or none any more. */
  readonly backupReplaced: boolean;
  readonly storage: StorageFact;
  /** Storage was opened here, and what it holds as the backup's key is the key of another backup. */
  readonly storedKeyMisfits: boolean;
  readonly identity: 'unknown' | 'absent' | 'unverified' | 'verified';
  /** This device has the identity's private keys; while that is unknown, those of some identity. */
  readonly identityKeysHere: boolean;
  /** The person switched key backup off, here or in another client. */
  readonly disabledByUser: boolean;
  /** Keys on this device that are not in the backup. */
  readonly pendingKeys: number | null;
  /** A backup that was replaced still has to be read. */
  readonly oldBackupWaits: boolean;
}

/**
 * `readable`: its key is on this device. `trusted`: signed by the verified identity, so that it can
 * be written to, but not read. `not_understood`: made in a way that Holdfast does not know.
 */
export type BackupTrust = 'readable' | 'trusted' | 'untrusted' | 'not_understood';

/**
 * What secret storage holds for its default key. `not_understood`: there is one, but the server's
 * answer does not describe its key, or describes one for an algorithm that Holdfast does not know.
 */
export type StorageFact =
  | 'unknown'
  | 'absent'
  | 'not_understood'
  | 'empty'
  | 'identity_only'
  | 'backup_key_only'
  | 'complete';

/** The recovery key brings the identity to this device. */
export function holdsIdentity({ storage }: KeyFacts): boolean {
  return storage === 'identity_only' || storage === 'complete';
}

/** The recovery key opens the backup, as far as is known. */
export function opensBackup({ storage, storedKeyMisfits, backupTrust }: KeyFacts): boolean {
  const holdsItsKey = storage === 'backup_key_only' || storage === 'complete';
  return holdsItsKey && !storedKeyMisfits && backupTrust !== 'not_understood';
}

/** There is a recovery key that could be entered. */
export function hasRecoveryKey({ storage }: KeyFacts): boolean {
  return storage !== 'absent' && storage !== 'not_understood' && storage !== 'unknown';
}

/** This device may upload to the backup. */
export function writesBackup({ backup, backupTrust }: KeyFacts): boolean {
  return backup === 'present' && (backupTrust === 'readable' || backupTrust === 'trusted');
}

/**
 * A setup published the identity and ended before it had signed this device: setting up once more
 * signs it. No other device could help, there may be none.
 */
export function wasCutOffSigning({ storage, identityKeysHere }: KeyFacts): boolean {
  return storage === 'absent' && identityKeysHere;
}
