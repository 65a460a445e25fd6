import type { Completed } from '../../../../preload/model/key-repair';
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
   *   `not_allowed` while other work on the keys is under way
   */
  async complete(secret: string): Promise<Completed> {
    try {
      const completed = await this.#context.turn.take(() => this.#completeWith(secret));
      if (completed === 'complete') void this.uploadNow().catch(() => undefined);
      return completed;
    } finally {
      await this.#health.refresh();
    }
  }

  async #completeWith(secret: string): Promise<Completed> {
    const readBefore = this.#readableVersion;
    const key = await openSecretStorage(this.#context, secret);
    try {
      const completed = await completeAccount(this.#context, this.#health.oldBackups, key);
      if (completed === 'complete') await this.#fetchWhatIsNew(readBefore);
      return completed;
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
