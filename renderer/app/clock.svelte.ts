/** The time of day, coarse enough to be cheap: for "today", "yesterday" and the like. */
const tickMs = 20_000;

export class Clock {
  #now = $state(Date.now());

  constructor() {
    setInterval(() => (this.#now = Date.now()), tickMs);
  }

  /** Milliseconds since 1970, at most 20 seconds old. */
  get now(): number {
    return this.#now;
  }
}
