/**
 * Hands secret-storage keys to matrix-js-sdk for exactly as long as an operation lasts. The SDK asks
 * through its callbacks whenever it reads or writes a secret; outside of a loan it gets nothing.
 */
import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api/index.js';

interface LentKey {
  readonly keyId: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export class SecretStorageKeys {
  #lent: LentKey | null = null;

  readonly callbacks: CryptoCallbacks = {
    getSecretStorageKey: ({ keys }) => {
      const lent = this.#lent;
      // A secret may be encrypted for several keys; answer only for the one we hold.
      return Promise.resolve(
        lent !== null && Object.hasOwn(keys, lent.keyId) ? [lent.keyId, lent.bytes] : null,
      );
    },
    cacheSecretStorageKey: (keyId, _description, bytes) => {
      if (this.#lent !== null) this.#lent = { keyId, bytes: new Uint8Array(bytes) };
    },
  };

  /**
   * Lends a key while `operation` runs; the copy is wiped afterwards. `keyId` is empty for a key
   * that the operation is about to create.
   */
  async lend<Result>(
    keyId: string,
    key: Uint8Array,
    operation: () => Promise<Result>,
  ): Promise<Result> {
    this.#lent = { keyId, bytes: new Uint8Array(key) };
    try {
      return await operation();
    } finally {
      this.#lent.bytes.fill(0);
      this.#lent = null;
    }
  }
}
