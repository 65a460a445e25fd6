/**
 * Holds back what the server sends, and lets it on later: while a sign-out counts the keys of this
 * device, none may arrive unseen (I3). Stopping the client would close the crypto store as well.
 */

/** Milliseconds for the sync loop to finish what it has received. */
const settleWithinMs = 3_000;

export class SyncGate {
  #held: PromiseWithResolvers<void> | null = null;
  /** Sync requests without an answer: while there is one, the loop has processed all it was given. */
  #asking = 0;
  #settled: (() => void) | null = null;

  /** A `fetch` whose answers to sync requests wait while the gate is shut. */
  guard(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      if (!pathOf(input).endsWith('/sync')) return fetch(input, init);
      this.#asking += 1;
      this.#settled?.();
      try {
        const response = await fetch(input, init);
        await this.#opened(init?.signal);
        return response;
      } finally {
        this.#asking -= 1;
      }
    };
  }

  /** Shuts the gate. True once all that came through is processed, false where that takes long. */
  async shut(): Promise<boolean> {
    this.#held ??= Promise.withResolvers<void>();
    if (this.#asking > 0) return true;
    const { promise, resolve } = Promise.withResolvers<boolean>();
    this.#settled = () => {
      resolve(true);
    };
    const limit = setTimeout(resolve, settleWithinMs, false);
    const settled = await promise;
    clearTimeout(limit);
    this.#settled = null;
    return settled;
  }

  open(): void {
    this.#held?.resolve();
    this.#held = null;
  }

  async #opened(signal: AbortSignal | null | undefined): Promise<void> {
    if (this.#held === null) return;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => {
      reject(new DOMException('The request was aborted', 'AbortError'));
    };
    if (signal?.aborted === true) abort();
    signal?.addEventListener('abort', abort, { once: true });
    try {
      await Promise.race([this.#held.promise, aborted]);
    } finally {
      signal?.removeEventListener('abort', abort);
    }
  }
}

function pathOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}
