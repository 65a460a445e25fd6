import type { CryptoCallbacks } from 'matrix-js-sdk/lib/crypto-api';

/**
 * What matrix-js-sdk gets when it asks for the key of secret storage: nothing. Secret storage is
 * read and written by secrets/secret-storage.ts, straight from the server; the SDK would go by its
 * own, perhaps older copy (I2), and asks at moments when nobody entered a key.
 */
export class SecretStorageKeys {
  readonly callbacks: CryptoCallbacks = { getSecretStorageKey: () => Promise.resolve(null) };
}
