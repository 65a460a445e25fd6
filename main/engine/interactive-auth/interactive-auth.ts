import { setTimeout as pause } from 'node:timers/promises';
import { MatrixError, type MatrixClient } from 'matrix-js-sdk';
import type { Account } from '../../../preload/model/app';
import type { AuthWay, InteractiveAuthState } from '../../../preload/model/interactive-auth';
import { HoldfastError } from '../../holdfast-error';
import { SerialQueue } from '../../serial-queue';
import type { EngineTopics } from '../engine-topics';
import { isPassing, serverFailure } from '../keys/server/server-failure';
import type { PasswordGuard } from '../session/password-guard';
import {
  challengeOf,
  dummyStage,
  nextStages,
  pageOf,
  passwordStage,
  type Challenge,
} from './challenge';
import { lookEveryMs, Question } from './question';

/**
 * Sends a request that the server may take only from the person themselves.
 *
 * @param auth its `auth` member; undefined the first time
 * @throws {MatrixError} as the server answered
 */
export type AuthenticatedRequest<Result> = (auth: object | undefined) => Promise<Result>;

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

interface Auth {
  readonly type?: string;
  readonly session: string | undefined;
  readonly identifier?: object;
  readonly password?: string;
}

/**
 * Asks the person for their password, or for a confirmation in the browser (single sign-on and every
 * other way that only the server knows), where the server wants to know that it is them. One request
 * at a time; the others wait for their turn.
 */
export class InteractiveAuth {
  readonly #parts: Parts;
  #question: Question | null = null;
  readonly #requests = new SerialQueue();

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
    this.#question?.reply('cancel');
  }

  async #run<Result>(
    request: AuthenticatedRequest<Result>,
    { signal, checkPassword }: AuthOptions,
  ): Promise<Result> {
    const { stopped, passwordGuard } = this.#parts;
    const ended = signal === undefined ? stopped : AbortSignal.any([signal, stopped]);
    const giveUp = (): void => this.cancel();
    ended.addEventListener('abort', giveUp, { once: true });
    let auth: Auth | undefined;
    /** Not refused so far. */
    let password: string | undefined;
    /** Not answered so far. */
    let asked: Question | null = null;
    let opened = false;
    let startedOver = false;
    try {
      ended.throwIfAborted();
      for (;;) {
        opened ||= asked?.opened ?? false;
        const answer = await this.#send(request, auth, opened);
        if ('result' in answer) {
          if (password !== undefined) await passwordGuard.remember(password);
          return answer.result;
        }
        ended.throwIfAborted();
        if (this.#question?.isGivenUp === true) throw givenUp();
        if ('refusal' in answer) {
          if (startedOver) throw answer.refusal;
          startedOver = true;
          auth = undefined;
          opened = false;
          asked = null;
          continue;
        }
        if (answer.challenge !== 'later') {
          const { challenge } = answer;
          const { session } = challenge;
          const stages = nextStages(challenge);
          if (stages.includes(dummyStage) && auth?.type !== dummyStage) {
            auth = { type: dummyStage, session };
            continue;
          }
          if (auth === undefined && password !== undefined && stages.includes(passwordStage)) {
            auth = this.#authBy(password, session);
            continue;
          }
          const refused = auth?.type === passwordStage && challenge.errcode !== undefined;
          if (refused) password = undefined;
          auth = { session };
          asked ??= this.#ask(challenge, stages, { refused, opened });
        }
        const reply = await (asked?.next() ?? pause(lookEveryMs, 'look' as const));
        ended.throwIfAborted();
        if (reply === 'look') continue;
        if (reply === 'cancel') throw givenUp();
        asked = null;
        ({ password } = reply);
        await checkPassword?.(password);
        ended.throwIfAborted();
        auth = this.#authBy(password, auth?.session);
      }
    } finally {
      ended.removeEventListener('abort', giveUp);
      this.#question = null;
      this.#tell({ step: 'none' });
    }
  }

  /**
   * `refusal`: the server may know nothing (any more) of what was answered so far, as after its
   * restart: then it is to be asked anew, with what was answered. Where it refuses once more, it is
   * the request that it refuses.
   * `later`: no answer; it may have been confirmed in the browser, so nobody is asked again.
   */
  async #send<Result>(
    request: AuthenticatedRequest<Result>,
    auth: Auth | undefined,
    opened: boolean,
  ): Promise<
    | { readonly result: Result }
    | { readonly refusal: HoldfastError }
    | { readonly challenge: Challenge | 'later' }
  > {
    try {
      return { result: await request(auth) };
    } catch (error) {
      const challenge = challengeOf(error);
      if (challenge !== null) return { challenge };
      if (auth !== undefined && isRefusal(error)) return { refusal: serverFailure(error) };
      if (opened && isPassing(serverFailure(error))) return { challenge: 'later' };
      throw serverFailure(error);
    }
  }

  #authBy(password: string, session: string | undefined): Auth {
    const identifier = { type: 'm.id.user', user: this.#parts.account.userId };
    return { type: passwordStage, identifier, password, session };
  }

  #ask(
    challenge: Challenge,
    stages: readonly string[],
    { refused, opened }: { refused: boolean; opened: boolean },
  ): Question {
    const page = this.#pageFor(challenge, stages);
    const ways: AuthWay[] = [];
    if (stages.includes(passwordStage)) ways.push('password');
    if (page !== null) ways.push('browser');
    if (ways.length === 0) {
      throw new HoldfastError('reauth_required', 'The server asks for what Holdfast can’t give');
    }
    const tell = (state: InteractiveAuthState): void => this.#tell(state);
    return (this.#question = new Question({ ways, page, refused, opened, tell }));
  }

  /** Of the first stage that has one. Passwords are asked for here. */
  #pageFor(challenge: Challenge, stages: readonly string[]): string | null {
    const home = this.#parts.client.getHomeserverUrl();
    const pages = stages
      .filter((stage) => stage !== passwordStage)
      .map((stage) => pageOf(challenge, stage, home));
    return pages.find((page) => page !== null) ?? null;
  }

  #requireQuestion(): Question {
    if (this.#question === null) throw new HoldfastError('not_ready', 'Nothing is asked');
    return this.#question;
  }

  #tell(state: InteractiveAuthState): void {
    if (!this.#parts.stopped.aborted) this.#parts.topics.interactiveAuth.set(state);
  }
}

function givenUp(): HoldfastError {
  return new HoldfastError('cancelled', 'The person gave up');
}

/** Of the request, or of a session of confirmations that the server does not know (any more). */
function isRefusal(error: unknown): boolean {
  if (!(error instanceof MatrixError) || error.isRateLimitError()) return false;
  const status = error.httpStatus ?? 0;
  return status >= 400 && status < 500 && error.errcode !== 'M_UNKNOWN_TOKEN';
}
