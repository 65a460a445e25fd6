import type { ValidArgs } from '../../../../preload/contract';
import type { KeptCopies, SetupState } from '../../../../preload/model/keys';
import { HoldfastError } from '../../../holdfast-error';
import type { RecoverySheet } from '../../protocol';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import { newBackupKey } from './backup-key';
import { chooseRecoveryKey } from './choose-recovery-key';
import type { RecoveryKeyDraft } from './recovery-key-draft';
import { requireEmptyAccount } from './require-empty-account';
import { secureAccount } from './secure-account';

const nothingKept: KeptCopies = { saved: false, printed: false, pdf: false, copied: false };

/** A recovery key on its way: presented, then proven, then in use. */
interface Draft {
  readonly key: RecoveryKeyDraft;
  /** The key of the backup to be; the same over all attempts, so that a retry knows its own. */
  readonly backupKey: string;
  kept: KeptCopies;
  proven: boolean;
}

/** Setting up key backup, from choosing a recovery key to the last key uploaded. */
export class Setup {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  #draft: Draft | null = null;
  #busy = false;

  constructor(context: KeysContext, health: KeyHealth) {
    this.#context = context;
    this.#health = health;
    context.stopped.addEventListener('abort', () => this.#forget(), { once: true });
  }

  /**
   * Makes the recovery key and hands its text out, this once (I7).
   *
   * @throws {HoldfastError} what {@link requireEmptyAccount} and {@link chooseRecoveryKey} say;
   *   `not_allowed` for a method that policy rules out
   */
  async begin(choice: ValidArgs<'setup.begin'>): Promise<{ readonly recoveryKey: string }> {
    return this.#alone(async () => {
      if (!this.#health.policy.methods.includes(choice.method)) {
        throw new HoldfastError('not_allowed', 'Policy rules this method out');
      }
      await requireEmptyAccount(this.#context);
      const key = await chooseRecoveryKey(this.#context, choice);
      this.#forget();
      this.#draft = { key, backupKey: newBackupKey(), kept: nothingKept, proven: false };
      this.#tell();
      return { recoveryKey: key.text };
    });
  }

  /** @throws {HoldfastError} `not_ready` unless a key is being presented */
  recoverySheet(): RecoverySheet {
    const { key } = this.#requireDraft();
    const { account, client } = this.#context;
    return {
      account,
      homeserver: client.getHomeserverUrl(),
      madeAt: key.madeAt,
      keyId: key.keyId,
      recoveryKey: key.text,
    };
  }

  copyKept(copy: keyof KeptCopies): void {
    const draft = this.#requireDraft();
    draft.kept = { ...draft.kept, [copy]: true };
    this.#tell();
  }

  /** @throws {HoldfastError} `proof_mismatch` */
  async prove(proof: ValidArgs<'setup.prove'>): Promise<void> {
    const draft = this.#requireDraft();
    await draft.key.check(proof);
    draft.proven = true;
    if (draft === this.#draft) this.#tell();
  }

  /**
   * Puts the proven key to use. After a failure it may be called again and goes on where it stopped.
   *
   * @throws {HoldfastError} `not_allowed` before the proof (I5), or what {@link secureAccount} says
   */
  async secure(accountPassword: string | undefined): Promise<void> {
    await this.#alone(async () => {
      const { key, backupKey, proven } = this.#requireDraft();
      if (!proven) throw new HoldfastError('not_allowed', 'The recovery key is not proven');
      const { topics } = this.#context;
      try {
        await secureAccount(this.#context, key, backupKey, accountPassword, (doing) =>
          topics.setup.set({ step: 'securing', doing }),
        );
      } catch (error) {
        this.#tell();
        throw error;
      }
      // From here on the account is recoverable; the rest of the upload goes on by itself.
      topics.setup.set({ step: 'securing', doing: 'uploading' });
      this.#forget();
      await this.#health.refresh();
      await this.#context.pendingKeys
        .upload(() => this.#health.recount())
        .catch(() => this.#health.refresh());
      await this.#health.refresh();
      topics.setup.set({ step: 'done' });
    });
  }

  abandon(): void {
    if (this.#busy) throw new HoldfastError('not_allowed', 'The account is being secured');
    this.#forget();
    this.#tell();
  }

  #requireDraft(): Draft {
    if (this.#draft === null) throw new HoldfastError('not_ready', 'No recovery key is presented');
    return this.#draft;
  }

  #forget(): void {
    this.#draft?.key.wipe();
    this.#draft = null;
  }

  #tell(): void {
    this.#context.topics.setup.set(stateOf(this.#draft));
  }

  async #alone<Result>(step: () => Promise<Result>): Promise<Result> {
    if (this.#busy) throw new HoldfastError('not_allowed', 'Setup is busy');
    this.#busy = true;
    try {
      return await step();
    } finally {
      this.#busy = false;
    }
  }
}

function stateOf(draft: Draft | null): SetupState {
  if (draft === null) return { step: 'idle' };
  const { key, kept, proven } = draft;
  if (proven) return { step: 'proven', method: key.method, kept };
  return { step: 'presenting', method: key.method, kept, askedGroups: key.askedGroups };
}
