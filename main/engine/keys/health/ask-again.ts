const firstPauseMs = 1_000;
const longestPauseMs = 300_000;

/**
 * Asks anew what got no answer, after growing pauses: a server that fails once makes no sound when it
 * is well again, and “unknown” must not stay until something else happens.
 */
export class AskAgain {
  readonly #ask: () => void;
  #failures = 0;
  #timer: NodeJS.Timeout | null = null;

  constructor(ask: () => void, stopped: AbortSignal) {
    this.#ask = ask;
    stopped.addEventListener('abort', () => this.#forget(), { once: true });
  }

  /** Everything was answered, or not. */
  after(answered: boolean): void {
    this.#forget();
    if (answered) {
      this.#failures = 0;
      return;
    }
    const pauseMs = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    this.#timer = setTimeout(this.#ask, pauseMs);
    this.#timer.unref();
  }

  #forget(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
