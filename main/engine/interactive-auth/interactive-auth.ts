import type { MatrixClient } from 'matrix-js-sdk';
import type { Account } from '../../../preload/model/app';
import type { InteractiveAuthState } from '../../../preload/model/interactive-auth';
import { HoldfastError } from '../../holdfast-error';
import { SerialQueue } from '../../serial-queue';
import type { EngineTopics } from '../engine-topics';
import type { PasswordGuard } from '../session/password-guard';
import { Confirmation, type AuthenticatedRequest } from './confirmation';
import type { Question } from './question';

export interface AuthOptions {
  /** Gives up asking. */
  readonly signal?: AbortSignal;
  /** Called with what was typed, before it is sent; may throw to refuse it. */
  readonly checkPassword?: (password: string) => Promise<void>;
}

/** What it takes of the signed-in account. */
interface Parts {
  readonly client: MatrixClient;
  readonly account: Account;
  readonly topics: EngineTopics;
  readonly passwordGuard: PasswordGuard;
  readonly stopped: AbortSignal;
}

/**
 * Asks the person for their password, or for a confirmation in the browser (single sign-on and every
 * other way that only the server knows), where the server wants to know that it is them. One request
 * at a time; the others wait for their turn.
 */
export class InteractiveAuth {
  readonly #parts: Parts;
  readonly #requests = new SerialQueue();
  #present: Pick<Confirmation<unknown>, 'question'> | null = null;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /**
   * Sends the request, and again with what the person answers, until the server takes it.
   *
   * @throws {HoldfastError} `cancelled` where the person gives up, `reauth_required` where the server
   *   asks for what can't be given here, or what the network says, and the server of a request that
   *   it refuses from whomever
   */
  run<Result>(request: AuthenticatedRequest<Result>, options: AuthOptions = {}): Promise<Result> {
    return this.#requests.run(() => this.#run(request, options));
  }

  /** @throws {HoldfastError} `not_ready` where nothing is asked */
  enterPassword(password: string): void {
    this.#requireQuestion().reply({ password });
  }

  /**
   * The page on which the person confirms. From now on the server is asked whether they did.
   *
   * @throws {HoldfastError} `not_ready` where no page would help
   */
  openPage(): string {
    const question = this.#requireQuestion();
    const { page } = question;
    if (page === null) throw new HoldfastError('not_ready', 'No page to confirm on');
    question.open();
    return page;
  }

  /** The request then fails with `cancelled`. Nothing happens where nothing is asked. */
  cancel(): void {
    this.#present?.question?.reply('cancel');
  }

  async #run<Result>(
    request: AuthenticatedRequest<Result>,
    { signal, checkPassword }: AuthOptions,
  ): Promise<Result> {
    const { client, account, passwordGuard, stopped } = this.#parts;
    const ended = signal === undefined ? stopped : AbortSignal.any([signal, stopped]);
    const confirmation = new Confirmation(request, {
      userId: account.userId,
      homeserverUrl: client.getHomeserverUrl(),
      ended,
      checkPassword: async (password) => checkPassword?.(password),
      passwordTaken: async (password) => {
        await passwordGuard.remember(password);
      },
      tell: (state) => this.#tell(state),
    });
    const giveUp = (): void => this.cancel();
    ended.addEventListener('abort', giveUp, { once: true });
    this.#present = confirmation;
    try {
      return await confirmation.run();
    } finally {
      ended.removeEventListener('abort', giveUp);
      this.#present = null;
      this.#tell({ step: 'none' });
    }
  }

  #requireQuestion(): Question {
    const question = this.#present?.question ?? null;
    if (question === null) throw new HoldfastError('not_ready', 'Nothing is asked');
    return question;
  }

  #tell(state: InteractiveAuthState): void {
    if (!this.#parts.stopped.aborted) this.#parts.topics.interactiveAuth.set(state);
  }
}
