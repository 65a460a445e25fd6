/** The one secret a profile keeps in the operating system's keychain. */
export interface Keychain {
  /**
   * Null where there is no such entry. On Linux a locked or denied keyring can look the same, so
   * null next to an existing store never means a first start.
   *
   * @throws {HoldfastError} `keychain_unavailable` or `keychain_locked`
   */
  read(entry: string): Promise<string | null>;
  /** @throws {HoldfastError} `keychain_unavailable` or `keychain_locked` */
  write(entry: string, secret: string): Promise<void>;
  /**
   * Also where there is no such entry.
   *
   * @throws {HoldfastError} `keychain_unavailable` or `keychain_locked`
   */
  remove(entry: string): Promise<void>;
}
