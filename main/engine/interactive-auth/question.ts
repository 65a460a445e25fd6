import type { AuthWay, InteractiveAuthState } from '../../../preload/model/interactive-auth';

/** What the person did about a question. */
export type Reply = { readonly password: string } | 'cancel';

/** Milliseconds between two looks at whether it was confirmed in the browser. */
export const lookEveryMs = 2_000;

interface QuestionParts {
  readonly ways: readonly AuthWay[];
  /** Where it can be confirmed; null where nowhere. */
  readonly page: string | null;
  /** The answer to the question before was a wrong password. */
  readonly refused: boolean;
  /** The page of the question before was opened. */
  readonly opened: boolean;
  readonly tell: (state: InteractiveAuthState) => void;
}

/**
 * A question to the person who is there. It can be answered until it is over, also while the server
 * is just being asked whether it was confirmed in the browser.
 */
export class Question {
  readonly #parts: QuestionParts;
  readonly #replied = Promise.withResolvers<Reply>();
  readonly #firstOpened = Promise.withResolvers<'opened'>();
  #opened = false;
  #reply: Reply | null = null;

  constructor(parts: QuestionParts) {
    this.#parts = parts;
    if (parts.opened) this.open();
    else this.#tell(parts.refused, false);
  }

  get page(): string | null {
    return this.#parts.page;
  }

  /** Whether the person may have confirmed it by now. */
  get opened(): boolean {
    return this.#opened;
  }

  get isGivenUp(): boolean {
    return this.#reply === 'cancel';
  }

  /** The person goes to the page. */
  open(): void {
    this.#opened = true;
    if (this.#reply === null) this.#tell(this.#parts.refused, false);
    this.#firstOpened.resolve('opened');
  }

  /** The first one counts, but giving up always does. */
  reply(reply: Reply): void {
    if (this.#reply !== null && reply !== 'cancel') return;
    this.#reply = reply;
    if (reply !== 'cancel') this.#tell(false, true);
    this.#replied.resolve(reply);
  }

  /** What the person replied; `look` where it may be time to see whether they confirmed it. */
  async next(): Promise<Reply | 'look'> {
    await Promise.race([this.#replied.promise, this.#firstOpened.promise]);
    if (this.#reply !== null) return this.#reply;
    const timeToLook = Promise.withResolvers<'look'>();
    const timer = setTimeout(() => timeToLook.resolve('look'), lookEveryMs);
    try {
      return await Promise.race([this.#replied.promise, timeToLook.promise]);
    } finally {
      clearTimeout(timer);
    }
  }

  #tell(refused: boolean, checking: boolean): void {
    const { ways, tell } = this.#parts;
    tell({ step: 'asking', ways, refused, opened: this.#opened, checking });
  }
}
