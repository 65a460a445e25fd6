/** What importing a key file brought. The rest of `total` was here already. */
export interface ImportedKeys {
  /** Keys in the file. */
  readonly total: number;
  readonly imported: number;
  /** Entries that are no key this device can read. */
  readonly failed: number;
}
