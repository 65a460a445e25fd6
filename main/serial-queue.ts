/** Work that must not overlap: each begins when all that was asked for before it has ended. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Resolves or rejects as `work` does; work that fails holds up nothing. */
  run<Result>(work: () => Promise<Result>): Promise<Result> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Resolves when all that was asked for until now has ended; never rejects. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
