import { setTimeout as pause } from 'node:timers/promises';
import { isPassing, waitAskedFor } from '../server/server-failure';

const firstPauseMs = 500;
const longestPauseMs = 60_000;
/** A pause that a person notices: from here on it is shown. */
const noticeablePauseMs = 3_000;

export interface RetriesParts {
  /** Ends every pause, with an error. */
  readonly signal: AbortSignal;
  /** A pause begins that a person notices; false where it has ended. */
  readonly told: (pausing: boolean) => void;
}

interface Pause {
  readonly end: AbortController;
  /** By the server, for so long. */
  readonly isAskedFor: boolean;
}

/** Trying again what fails for a while: after growing pauses, or when the server said. */
export class Retries {
  readonly #parts: RetriesParts;
  #failures = 0;
  /** Several things may wait at once: the answer that broke off, and the one that was to follow. */
  readonly #pauses = new Set<Pause>();

  constructor(parts: RetriesParts) {
    this.#parts = parts;
  }

  /** Something came through: the next pause is short again. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Ends the present pauses. */
  now(): void {
    for (const { end } of this.#pauses) end.abort();
  }

  /** The server answers again: ends the present pauses, but for those that it asked for. */
  connected(): void {
    this.#failures = 0;
    for (const { end, isAskedFor } of this.#pauses) {
      if (!isAskedFor) end.abort();
    }
  }

  /** Repeats it until it succeeds. @throws {HoldfastError} what waiting does not mend */
  async persist<Result>(attempt: () => Promise<Result>): Promise<Result> {
    for (;;) {
      try {
        return await attempt();
      } catch (error) {
        await this.waitAfter(error);
      }
    }
  }

  /** Waits before the next attempt. @throws {unknown} the error where waiting does not mend it */
  async waitAfter(error: unknown): Promise<void> {
    const { signal, told } = this.#parts;
    signal.throwIfAborted();
    if (!isPassing(error)) throw error;
    const grown = Math.min(firstPauseMs * 2 ** this.#failures, longestPauseMs);
    this.#failures += 1;
    const askedForMs = waitAskedFor(error);
    const waitMs = Math.max(grown, askedForMs);
    const isNoticed = waitMs >= noticeablePauseMs;
    const present: Pause = { end: new AbortController(), isAskedFor: askedForMs > 0 };
    this.#pauses.add(present);
    if (isNoticed) told(true);
    const ended = AbortSignal.any([signal, present.end.signal]);
    await pause(waitMs, undefined, { signal: ended }).catch(() => undefined);
    this.#pauses.delete(present);
    signal.throwIfAborted();
    if (isNoticed) told(false);
  }
}
