/** What an old recovery key brought. */
export interface OldBackupRead {
  /** Keys of the old backup that are on this device now. */
  readonly keys: number;
  /** Keys of it that can't be read. */
  readonly unread: number;
}
