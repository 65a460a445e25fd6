import type { ValidArgs } from '../../../../preload/contract';
import type { KeptCopies, SetupState } from '../../../../preload/model/keys';
import { HoldfastError } from '../../../holdfast-error';
import type { RecoverySheet } from '../../protocol';
import type { KeyHealth } from '../health/key-health';
import type { KeysContext } from '../keys-context';
import { tellRecoveryKey } from '../tell-recovery-key';
import { newBackupKey } from './backup-key';
import { chooseRecoveryKey } from './choose-recovery-key';
import type { RecoveryKeyDraft } from './recovery-key-draft';
import { requireEmptyAccount } from './require-empty-account';
import { secureAccount } from './secure-account';

const nothingKept: KeptCopies = { saved: false, printed: false, pdf: false, copied: false };

/** What a recovery key is made for, where that is not the first setup. */
export interface KeyPurpose {
  /** @throws {HoldfastError} where such a key could not be put to use now */
  check(): Promise<void>;
  /** Takes the proven key over. The draft's own bytes are wiped afterwards. */
  use(key: RecoveryKeyDraft): Promise<void>;
}

/** A recovery key on its way: presented, then proven, then in use. */
interface Draft {
  readonly key: RecoveryKeyDraft;
  /** The key of the backup to be; the same over all attempts, so that a retry knows its own. */
  readonly backupKey: string;
  readonly purpose: KeyPurpose | null;
  kept: KeptCopies;
  proven: boolean;
}

interface UnderWay {
  readonly step: 'begin' | 'secure';
}

/** Setting up key backup, from choosing a recovery key to the last key uploaded. */
export class Setup {
  readonly #context: KeysContext;
  readonly #health: KeyHealth;
  #draft: Draft | null = null;
  /** What is under way; a step that was abandoned finds another one here, or none. */
  #underWay: UnderWay | null = null;

  constructor(context: KeysContext, health: KeyHealth) {
    this.#context = context;
    this.#health = health;
    const stop = (): void => {
      this.#underWay = null;
      this.#forget();
    };
    context.stopped.addEventListener('abort', stop, { once: true });
  }

  /**
   * Makes the recovery key and hands its text out, this once (I7).
   *
   * @param purpose null for the first setup of an account
   * @throws {HoldfastError} what {@link requireEmptyAccount} and {@link chooseRecoveryKey} say;
   *   `not_allowed` for a method that policy rules out, `cancelled` when abandoned meanwhile
   */
  async begin(
    choice: ValidArgs<'setup.begin'>,
    purpose: KeyPurpose | null = null,
  ): Promise<{ readonly recoveryKey: string }> {
    return this.#alone('begin', async (isUnderWay) => {
      if (!this.#health.policy.methods.includes(choice.method)) {
        throw new HoldfastError('not_allowed', 'Policy rules this method out');
      }
      await (purpose === null ? requireEmptyAccount(this.#context) : purpose.check());
      const key = await chooseRecoveryKey(this.#context, choice);
      if (!isUnderWay()) {
        key.wipe();
        throw new HoldfastError('cancelled', 'Setup was abandoned');
      }
      this.#forget();
      const backupKey = newBackupKey();
      this.#draft = { key, backupKey, purpose, kept: nothingKept, proven: false };
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
   * With a purpose of its own, the key is handed over, and what follows is that purpose's to tell.
   *
   * @throws {HoldfastError} `not_allowed` before the proof (I5) and while other work on the keys is
   *   under way, `phrase_is_password` where the
   *   password shows that the key comes from it (I8; the key is gone then), or what
   *   {@link secureAccount} says
   */
  async secure(accountPassword: string | undefined): Promise<void> {
    await this.#alone('secure', async () => {
      const { key, backupKey, purpose, proven } = this.#requireDraft();
      if (!proven) throw new HoldfastError('not_allowed', 'The recovery key is not proven');
      try {
        if (accountPassword !== undefined) await this.#requireOtherThan(accountPassword, key);
        if (purpose !== null) {
          await purpose.use(key);
          this.#forget();
          this.#tell();
          return;
        }
        await this.#context.turn.take(() =>
          secureAccount(this.#context, key, backupKey, accountPassword, (doing) =>
            this.#set({ step: 'securing', doing }),
          ),
        );
      } catch (error) {
        this.#tell();
        throw error;
      }
      tellRecoveryKey(this.#context, { id: key.keyId, bytes: key.bytes }, key.phrase);
      // From here on the account is recoverable; the rest of the upload goes on by itself.
      this.#set({ step: 'securing', doing: 'uploading' });
      this.#forget();
      await this.#health.refresh();
      await this.#context.pendingKeys
        .upload(() => this.#health.recount())
        .catch(() => this.#health.refresh());
      await this.#health.refresh();
      this.#set({ step: 'done' });
    });
  }

  /**
   * Forgets the key, and ends a {@link begin} that is still under way.
   *
   * @throws {HoldfastError} `not_allowed` while the account is being secured
   */
  abandon(): void {
    if (this.#underWay?.step === 'secure') {
      throw new HoldfastError('not_allowed', 'The account is being secured');
    }
    this.#underWay = null;
    this.#forget();
    this.#tell();
  }

  /** Who signed in another way, or restarted, types the password only here: too late for the phrase. */
  async #requireOtherThan(accountPassword: string, key: RecoveryKeyDraft): Promise<void> {
    if (!(await key.comesFrom(accountPassword))) return;
    await this.#context.passwordGuard.remember(accountPassword);
    this.#forget();
    throw new HoldfastError('phrase_is_password', 'The phrase is the account password');
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
    this.#set(stateOf(this.#draft));
  }

  /** The topics outlive the session: what ends after it must not show to the next account. */
  #set(state: SetupState): void {
    if (!this.#context.stopped.aborted) this.#context.topics.setup.set(state);
  }

  async #alone<Result>(
    step: UnderWay['step'],
    run: (isUnderWay: () => boolean) => Promise<Result>,
  ): Promise<Result> {
    if (this.#underWay !== null) throw new HoldfastError('not_allowed', 'Setup is busy');
    const mine: UnderWay = { step };
    this.#underWay = mine;
    const isUnderWay = (): boolean => this.#underWay === mine;
    try {
      return await run(isUnderWay);
    } finally {
      if (isUnderWay()) this.#underWay = null;
    }
  }
}

function stateOf(draft: Draft | null): SetupState {
  if (draft === null) return { step: 'idle' };
  const { key, kept, proven } = draft;
  if (proven) return { step: 'proven', method: key.method, kept };
  return { step: 'presenting', method: key.method, kept, askedGroups: key.askedGroups };
}
