import type { Download } from '../server/open-download';

/** From so many rooms on: each request has its price. */
const manyRooms = 20;
/** Up to so many keys: a server makes its answer in memory. */
const mostKeys = 50_000;

/**
 * Whether the backup is to be asked for as a whole.
 *
 * @param roomsLeft that are not here yet
 * @param keys in all of it, what is here included: the answer holds them again
 */
export function comesAtOnce(roomsLeft: number, keys: number): boolean {
  return roomsLeft >= manyRooms && keys <= mostKeys;
}

/**
 * A backup's answer as a whole, which a server takes a while to prepare: meanwhile the rooms come
 * one by one. Of many small rooms the whole arrives sooner than they do.
 */
export class WholeBackup {
  readonly #open: (signal: AbortSignal) => Promise<Download>;
  readonly #givenUp = new AbortController();
  #isAsked = false;
  #download: Download | null = null;

  /** @param open asks for it; where that fails, it is done without */
  constructor(open: (signal: AbortSignal) => Promise<Download>) {
    this.#open = open;
  }

  /** It has begun to arrive. */
  get isHere(): boolean {
    return this.#download !== null;
  }

  ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#open(this.#givenUp.signal).then(
      (download) => (this.#download = download),
      () => undefined,
    );
  }

  /** Null where it has not begun to arrive; then it is not waited for any longer. */
  take(): Download | null {
    const download = this.#download;
    if (download === null) this.#givenUp.abort();
    return download;
  }
}
