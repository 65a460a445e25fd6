import type { ErrorCode } from '../../../preload/errors';
import { HoldfastError } from '../../../main/holdfast-error';
import type { Keychain } from '../../../main/vault/keychain';

/** What keychains do, one behaviour each; the real ones are in the integration tests. */
export class KeychainInMemory implements Keychain {
  readonly entries = new Map<string, string>();
  failure: ErrorCode | null = null;
  forgetful = false;

  read(entry: string): Promise<string | null> {
    if (this.failure !== null) return Promise.reject(new HoldfastError(this.failure, 'No'));
    return Promise.resolve(this.entries.get(entry) ?? null);
  }

  write(entry: string, secret: string): Promise<void> {
    if (this.failure !== null) return Promise.reject(new HoldfastError(this.failure, 'No'));
    if (!this.forgetful) this.entries.set(entry, secret);
    return Promise.resolve();
  }

  remove(entry: string): Promise<void> {
    if (this.failure !== null) return Promise.reject(new HoldfastError(this.failure, 'No'));
    this.entries.delete(entry);
    return Promise.resolve();
  }
}
