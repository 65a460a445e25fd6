import keytar from 'keytar';
import { HoldfastError } from '../holdfast-error';
import type { Keychain } from './keychain';

const service = 'Holdfast';

/** People may have to answer the desktop's unlock dialog; after this long it counts as no answer. */
const answerWithinMs = 120_000;

/**
 * The operating system's keychain through keytar: Windows Credential Manager, macOS Keychain, Secret
 * Service. Requests go one after the other; parallel ones upset gnome-keyring.
 */
export class SystemKeychain implements Keychain {
  #last: Promise<unknown> = Promise.resolve();

  read(entry: string): Promise<string | null> {
    return this.#inTurn(() => keytar.getPassword(service, entry));
  }

  write(entry: string, secret: string): Promise<void> {
    return this.#inTurn(() => keytar.setPassword(service, entry, secret));
  }

  #inTurn<Result>(ask: () => Promise<Result>): Promise<Result> {
    const answer = this.#last.then(() => withinLimit(ask()));
    this.#last = answer.catch(() => undefined);
    return answer;
  }
}

async function withinLimit<Result>(answer: Promise<Result>): Promise<Result> {
  const { promise: limit, reject } = Promise.withResolvers<never>();
  const timer = setTimeout(() => {
    reject(new Error('The keychain did not answer'));
  }, answerWithinMs);
  try {
    return await Promise.race([answer, limit]);
  } catch (error) {
    throw keychainError(error);
  } finally {
    clearTimeout(timer);
  }
}

/** keytar passes on the platform's words only; these are libsecret's, Keychain's and Windows's. */
function keychainError(cause: unknown): HoldfastError {
  const words = cause instanceof Error ? cause.message : '';
  const locked = /locked|dismissed|denied|not allowed|cancell?ed|-128\b|-25293\b|-25308\b/i;
  return locked.test(words)
    ? new HoldfastError('keychain_locked', 'The keychain is locked', {}, { cause })
    : new HoldfastError('keychain_unavailable', 'The keychain can’t be reached', {}, { cause });
}
