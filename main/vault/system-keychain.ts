import keytar from 'keytar';
import { HoldfastError } from '../holdfast-error';
import { SerialQueue } from '../serial-queue';
import type { Keychain } from './keychain';

const service = 'Holdfast';

/** People may have to answer the desktop's unlock dialog; after this long it counts as no answer. */
const patienceMs = 120_000;

export interface SystemKeychainOptions {
  /** Milliseconds after which the keychain counts as unavailable. */
  readonly answerWithinMs?: number;
}

/**
 * The operating system's keychain through keytar: Windows Credential Manager, macOS Keychain, Secret
 * Service. Requests go one after the other, because parallel ones upset gnome-keyring, and who asks
 * for what is being asked for already waits for the same answer: also when the first one gave up,
 * while the unlock dialog is still on screen.
 */
export class SystemKeychain implements Keychain {
  readonly #answerWithinMs: number;
  readonly #reading = new Map<string, Promise<string | null>>();
  readonly #requests = new SerialQueue();

  constructor({ answerWithinMs = patienceMs }: SystemKeychainOptions = {}) {
    this.#answerWithinMs = answerWithinMs;
  }

  read(entry: string): Promise<string | null> {
    let answer = this.#reading.get(entry);
    if (answer === undefined) {
      answer = this.#requests
        .run(() => readEntry(entry))
        .finally(() => this.#reading.delete(entry));
      this.#reading.set(entry, answer);
    }
    return this.#inTime(answer);
  }

  write(entry: string, secret: string): Promise<void> {
    return this.#inTime(this.#requests.run(() => keytar.setPassword(service, entry, secret)));
  }

  async remove(entry: string): Promise<void> {
    await this.#inTime(this.#requests.run(() => keytar.deletePassword(service, entry)));
  }

  async #inTime<Result>(answer: Promise<Result>): Promise<Result> {
    const { promise: limit, reject } = Promise.withResolvers<never>();
    const timer = setTimeout(() => {
      reject(new Error('The keychain did not answer'));
    }, this.#answerWithinMs);
    try {
      return await Promise.race([answer, limit]);
    } catch (error) {
      throw keychainError(error);
    } finally {
      clearTimeout(timer);
    }
  }
}

/** Of an entry that is there only while the keyring is asked whether it is locked. */
const lockProbe = 'lock probe';

/**
 * A locked Secret Service knows no entries at all. Only a write tells such a keyring from one that
 * has lost its entry, and those two call for different acts.
 */
async function readEntry(entry: string): Promise<string | null> {
  const secret = await keytar.getPassword(service, entry);
  if (secret === null && process.platform === 'linux') {
    await keytar.setPassword(service, lockProbe, lockProbe);
    await keytar.deletePassword(service, lockProbe);
    // Being asked for the write, the person may have unlocked it.
    return keytar.getPassword(service, entry);
  }
  return secret;
}

/** keytar passes on the platform's words only; these are libsecret's, Keychain's and Windows's. */
function keychainError(cause: unknown): HoldfastError {
  const words = cause instanceof Error ? cause.message : '';
  const locked = /locked|dismissed|denied|not allowed|cancell?ed|-128\b|-25293\b|-25308\b/i;
  return locked.test(words)
    ? new HoldfastError('keychain_locked', 'The keychain is locked', {}, { cause })
    : new HoldfastError('keychain_unavailable', 'The keychain can’t be reached', {}, { cause });
}
