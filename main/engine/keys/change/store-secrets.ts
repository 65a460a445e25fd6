import { HoldfastError } from '../../../holdfast-error';
import type { OpenKey } from '../../../recovery-key/unlock';
import type { SecretName, SecretStorage } from '../secrets/secret-storage';

export type Secrets = readonly (readonly [SecretName, string])[];

/**
 * Stores the secrets for that key, beside what is stored for others, and reads each back.
 *
 * @throws {HoldfastError} `server_error` where the server does not give back what it was given
 */
export async function storeSecrets(
  storage: SecretStorage,
  key: OpenKey,
  secrets: Secrets,
  progress: (done: number, total: number) => void,
): Promise<void> {
  for (const [index, [name, secret]] of secrets.entries()) {
    progress(index, secrets.length);
    if ((await storage.readable(name, key)) !== secret) await storage.write(name, secret, key);
  }
  await requireStored(storage, key, secrets);
}

/** @throws {HoldfastError} `server_error` where one of them can't be read, or is another */
export async function requireStored(
  storage: SecretStorage,
  key: OpenKey,
  secrets: Secrets,
): Promise<void> {
  for (const [name, secret] of secrets) {
    if ((await storage.readable(name, key)) !== secret) {
      throw new HoldfastError('server_error', 'A secret did not come back as it was stored');
    }
  }
}
