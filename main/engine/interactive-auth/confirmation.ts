import { setTimeout as pause } from 'node:timers/promises';
import { MatrixError } from 'matrix-js-sdk';
import type { AuthWay, InteractiveAuthState } from '../../../preload/model/interactive-auth';
import { HoldfastError } from '../../holdfast-error';
import { isPassing, serverFailure } from '../keys/server/server-failure';
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

interface ConfirmationParts {
  readonly userId: string;
  readonly homeserverUrl: string;
  /** Nobody waits for it any more. */
  readonly ended: AbortSignal;
  /** Called with what was typed, before it is sent; may throw to refuse it. */
  readonly checkPassword: (password: string) => Promise<void>;
  /** Called with the password that the server took. */
  readonly passwordTaken: (password: string) => Promise<void>;
  readonly tell: (state: InteractiveAuthState) => void;
}

interface Auth {
  readonly type?: string;
  readonly session: string | undefined;
  readonly identifier?: object;
  readonly password?: string;
}

/**
 * `refusal`: the server may know nothing (any more) of what was answered so far, as after its
 * restart: then it is to be asked anew, with what was answered. Where it refuses once more, it is
 * the request that it refuses.
 * `later`: no answer; it may have been confirmed in the browser, so nobody is asked again.
 */
type Answer<Result> =
  | { readonly result: Result }
  | { readonly refusal: HoldfastError }
  | { readonly challenge: Challenge | 'later' };

/** One request, and what the person answers for it, until the server takes it. */
export class Confirmation<Result> {
  readonly #request: AuthenticatedRequest<Result>;
  readonly #parts: ConfirmationParts;
  #auth: Auth | undefined;
  /** Not refused so far. */
  #password: string | undefined;
  #question: Question | null = null;
  /** The question, as long as it is not answered. */
  #asked: Question | null = null;
  /** The person may have confirmed it in the browser by now. */
  #opened = false;
  #startedOver = false;

  constructor(request: AuthenticatedRequest<Result>, parts: ConfirmationParts) {
    this.#request = request;
    this.#parts = parts;
  }

  /** What the person was asked last; null before the first time. */
  get question(): Question | null {
    return this.#question;
  }

  /**
   * Once.
   *
   * @throws {HoldfastError} `cancelled` where the person gives up, `reauth_required` where the server
   *   asks for what can't be given here, or what network and server say
   */
  async run(): Promise<Result> {
    const { ended, passwordTaken } = this.#parts;
    ended.throwIfAborted();
    for (;;) {
      const answer = await this.#send();
      if ('result' in answer) {
        if (this.#password !== undefined) await passwordTaken(this.#password);
        return answer.result;
      }
      ended.throwIfAborted();
      if (this.#question?.isGivenUp === true) throw givenUp();
      if ('refusal' in answer) this.#startOver(answer.refusal);
      else if (answer.challenge === 'later') await this.#takeReply();
      else if (!this.#canAnswer(answer.challenge)) {
        this.#ask(answer.challenge);
        await this.#takeReply();
      }
    }
  }

  async #send(): Promise<Answer<Result>> {
    this.#opened ||= this.#asked?.opened ?? false;
    try {
      return { result: await this.#request(this.#auth) };
    } catch (error) {
      const challenge = challengeOf(error);
      if (challenge !== null) return { challenge };
      if (this.#auth !== undefined && isRefusal(error)) return { refusal: serverFailure(error) };
      if (this.#opened && isPassing(serverFailure(error))) return { challenge: 'later' };
      throw serverFailure(error);
    }
  }

  #startOver(refusal: HoldfastError): void {
    if (this.#startedOver) throw refusal;
    this.#startedOver = true;
    this.#auth = undefined;
    this.#opened = false;
    this.#asked = null;
  }

  /** Whether it needs nobody: then it is answered when the request is sent again. */
  #canAnswer(challenge: Challenge): boolean {
    const { session } = challenge;
    const stages = nextStages(challenge);
    if (stages.includes(dummyStage) && this.#auth?.type !== dummyStage) {
      this.#auth = { type: dummyStage, session };
      return true;
    }
    const password = this.#auth === undefined ? this.#password : undefined;
    if (password === undefined || !stages.includes(passwordStage)) return false;
    this.#auth = this.#authBy(password, session);
    return true;
  }

  /** Unless the person is being asked already. */
  #ask(challenge: Challenge): void {
    const refused = this.#auth?.type === passwordStage && challenge.errcode !== undefined;
    if (refused) this.#password = undefined;
    this.#auth = { session: challenge.session };
    this.#asked ??= this.#question = this.#questionFor(challenge, refused);
  }

  #questionFor(challenge: Challenge, refused: boolean): Question {
    const stages = nextStages(challenge);
    const page = pageFor(challenge, stages, this.#parts.homeserverUrl);
    const ways: AuthWay[] = [];
    if (stages.includes(passwordStage)) ways.push('password');
    if (page !== null) ways.push('browser');
    if (ways.length === 0) {
      throw new HoldfastError('reauth_required', 'The server asks for what Holdfast can’t give');
    }
    return new Question({ ways, page, refused, opened: this.#opened, tell: this.#parts.tell });
  }

  /** What the person says is sent the next time; where they say nothing, it is time to look again. */
  async #takeReply(): Promise<void> {
    const { ended, checkPassword } = this.#parts;
    const reply = await (this.#asked?.next() ?? pause(lookEveryMs, 'look' as const));
    ended.throwIfAborted();
    if (reply === 'look') return;
    if (reply === 'cancel') throw givenUp();
    this.#asked = null;
    this.#password = reply.password;
    await checkPassword(reply.password);
    ended.throwIfAborted();
    this.#auth = this.#authBy(reply.password, this.#auth?.session);
  }

  #authBy(password: string, session: string | undefined): Auth {
    const identifier = { type: 'm.id.user', user: this.#parts.userId };
    return { type: passwordStage, identifier, password, session };
  }
}

/** Of the first stage that has one. Passwords are asked for here. */
function pageFor(
  challenge: Challenge,
  stages: readonly string[],
  homeserverUrl: string,
): string | null {
  const pages = stages
    .filter((stage) => stage !== passwordStage)
    .map((stage) => pageOf(challenge, stage, homeserverUrl));
  return pages.find((page) => page !== null) ?? null;
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
