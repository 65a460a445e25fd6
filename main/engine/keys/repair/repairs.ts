import type { Completed } from '../../../../preload/model/key-repair';
import { HoldfastError } from '../../../holdfast-error';
import { readPlan } from '../change/plan';
import type { KeyHealth } from '../health/key-health';
import { singleFlight } from '../health/single-flight';
import type { KeysContext } from '../keys-context';
import { openSecretStorage } from '../restore/open-secret-storage';
import type { Restore } from '../restore/restore';
import { findBackup } from '../server/backup-version';
import { completeAccount } from './complete-account';

/** The repairs that are neither a setup, nor a restore, nor a change. */
export class Repairs {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  readonly #restore: Restore;
  #completing = false;

  constructor(context: KeysContext, health: KeyHealth, restore: Restore) {
    this.#context = context;
    this.#health = health;
    this.#restore = restore;
  }

  /** Asks everything anew. */
  tryAgain(): Promise<void> {
    return this.#health.refresh();
  }

  /** A failure is not the end of it: the SDK goes on trying in the background. */
  readonly uploadNow = singleFlight(async () => {
    await this.#health.mendUploads();
    await this.#context.pendingKeys
      .upload(() => this.#health.recount())
      .finally(() => this.#health.refresh());
  });

  /**
   * Completes the account with a recovery key, a text that holds one, or the security phrase. What
   * the backup holds then comes here by itself.
   *
   * @throws {HoldfastError} what {@link openSecretStorage} and {@link completeAccount} say;
   *   `not_allowed` while a change of the keys is under way
   */
  async complete(secret: string): Promise<Completed> {
    const { store, account } = this.#context;
    if (this.#completing || readPlan(store.crypto.records, account.deviceId) !== null) {
      throw new HoldfastError('not_allowed', 'The keys are being changed');
    }
    this.#completing = true;
    try {
      const readBefore = this.#readableVersion;
      const completed = await this.#completeWith(secret);
      if (completed === 'complete') {
        await this.#fetchWhatIsNew(readBefore);
        void this.uploadNow().catch(() => undefined);
      }
      return completed;
    } finally {
      this.#completing = false;
      await this.#health.refresh();
    }
  }

  async #completeWith(secret: string): Promise<Completed> {
    const key = await openSecretStorage(this.#context, secret);
    try {
      return await completeAccount(this.#context, key);
    } finally {
      key.bytes.fill(0);
    }
  }

  async #fetchWhatIsNew(readBefore: string | null): Promise<void> {
    const backup = await findBackup(this.#context.homeserver);
    if (backup === null || backup.count === 0 || backup.version === readBefore) return;
    this.#restore.beginWithKeyHere(backup);
  }

  get #readableVersion(): string | null {
    const survey = this.#health.survey;
    return survey?.facts.backupTrust === 'readable' ? (survey.backup?.version ?? null) : null;
  }
}
