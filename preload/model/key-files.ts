/** What importing a key file brought. The rest of `total` was here already. */
export interface ImportedKeys {
  /** Keys in the file. */
  readonly total: number;
  readonly imported: number;
  /** Entries that are no key this device can read. */
  readonly failed: number;
}

/** The key file that was saved. */
export interface ExportedKeyFile {
  readonly fileName: string;
  /** Keys in the file. */
  readonly keys: number;
  /** Keys of this device that could not be read, and are not in the file; absent where there are none. */
  readonly unread?: number;
}
