/**
 * How long a chosen way may lead nowhere. Where both sides choose emoji in the same few milliseconds,
 * the crypto libraries may each wait for the other until the whole verification times out; and a
 * device may go away between agreeing and comparing.
 */

/** Milliseconds; comparing itself has no such limit. */
const patienceMs = 30_000;

export class Patience {
  readonly #onEnd: () => void;
  #timer: NodeJS.Timeout | null = null;

  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  /** Counts from the first time that it `waits`, and no more once it does not. */
  tell(waits: boolean): void {
    if (!waits) this.end();
    else this.#timer ??= setTimeout(this.#onEnd, patienceMs).unref();
  }

  end(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
