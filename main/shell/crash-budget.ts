/** Tells a page that crashed once from one that crashes whenever it is shown. */
export class CrashBudget {
  readonly #limit: number;
  readonly #withinMs: number;
  #crashes: number[] = [];

  /**
   * @param limit crashes after which showing the page again makes no sense
   * @param withinMs milliseconds in which they count together
   */
  constructor(limit = 3, withinMs = 60_000) {
    this.#limit = limit;
    this.#withinMs = withinMs;
  }

  /** Counts a crash; true while the page is worth another try. */
  spend(now = Date.now()): boolean {
    this.#crashes = this.#crashes.filter((at) => now - at < this.#withinMs);
    this.#crashes.push(now);
    return this.#crashes.length < this.#limit;
  }
}
