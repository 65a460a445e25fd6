/** What is known about the keys, for the page that shows it; no secret is ever in here. */
export interface KeyFindings {
  /** When all of this was asked, in milliseconds since 1970. */
  readonly checkedAt: number;
  readonly identity: 'absent' | 'unverified' | 'verified';
  /** This device has the identity's private keys. */
  readonly identityKeysHere: boolean;
  /** Null where the account has no secret storage. */
  readonly storage: StorageFindings | null;
  /** Null where the server has no backup. */
  readonly backup: BackupFindings | null;
  /** Keys on this device; null while they could not be counted. */
  readonly keysHere: number | null;
  /** When all keys were last seen in the backup, in milliseconds since 1970. */
  readonly allUploadedAt: number | null;
}

export interface StorageFindings {
  /** The id of the recovery key; it says nothing about the key itself. */
  readonly keyId: string;
  readonly holdsBackupKey: boolean;
  readonly holdsIdentity: boolean;
  /**
   * False where its key is not described, or made in a way that this version does not know: nothing
   * can be said of what it holds.
   */
  readonly understood?: boolean | undefined;
}

export interface BackupFindings {
  readonly version: string;
  readonly algorithm: string;
  /** The server's mark of the present content. */
  readonly etag: string;
  /** Keys in it. */
  readonly keys: number;
  /** `readable`: this device has its key. `trusted`: one of the account's verified devices made it. */
  readonly trust: 'readable' | 'trusted' | 'untrusted';
  /** The device of this account that made it, as far as it says so. */
  readonly madeBy: { readonly deviceId: string; readonly name: string | null } | null;
  /** When this device first saw that it took another's place; null where it did not. */
  readonly replacedAt: number | null;
  /** False where it was made in a way that this version does not know. */
  readonly understood?: boolean | undefined;
}
