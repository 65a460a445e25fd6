/** Aborts its signal when something takes too long; can be started again for what comes next. */
export class TimeLimit {
  readonly #abort = new AbortController();
  readonly #limitMs: number;
  #timer: NodeJS.Timeout | null = null;

  constructor(limitMs: number) {
    this.#limitMs = limitMs;
  }

  get signal(): AbortSignal {
    return this.#abort.signal;
  }

  start(): void {
    this.stop();
    this.#timer = setTimeout(() => this.#abort.abort(), this.#limitMs);
    this.#timer.unref();
  }

  stop(): void {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
  }
}
