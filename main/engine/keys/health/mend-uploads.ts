import type { KeysContext } from '../keys-context';
import { isChanging } from '../change/plan';
import { countsForAnother, uploadAllAgain } from '../repair/count-uploads';
import type { KeySurvey } from './gather-key-facts';

/** Milliseconds; a server that keeps losing keys is not sent all of them again and again. */
const pauseMs = 6 * 3_600_000;

/** Uploads keys once more that count as uploaded, but are not in the backup (I3). */
export class MendedUploads {
  readonly #context: KeysContext;
  #triedAt: number | null = null;

  constructor(context: KeysContext) {
    this.#context = context;
  }

  /** The next time counts as the first. */
  tryAgain(): void {
    this.#triedAt = null;
  }

  /** @returns true where keys that did not wait do now */
  async mend({ backup, counts, missingKeys }: KeySurvey): Promise<boolean> {
    if (backup === null || counts?.version !== backup.version) return false;
    const { store, account } = this.#context;
    if (isChanging(store.crypto.records, account.deviceId)) return false;
    if (countsForAnother(this.#context, backup.version)) {
      await uploadAllAgain(this.#context, backup.version);
      return true;
    }
    this.#context.uploadedTo.remember(backup.version);
    if (missingKeys === 0 || this.#hasJustTried) return false;
    this.#triedAt = Date.now();
    await uploadAllAgain(this.#context, backup.version);
    return true;
  }

  get #hasJustTried(): boolean {
    return this.#triedAt !== null && Math.abs(Date.now() - this.#triedAt) < pauseMs;
  }
}
