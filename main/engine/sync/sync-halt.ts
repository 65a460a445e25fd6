/**
 * The brake of one session's sync. Once a write of keys has failed, what the crypto machine holds in
 * memory may be ahead of the disk, and the SDK's sync token is ahead of both. From then on nothing
 * of this session may reach the server or the saved sync state: not the next sync request, whose
 * token would have the server delete the to-device messages that were not stored, not a message
 * encrypted with a ratchet that the disk does not know. There is no way back but a new session from
 * what is stored.
 */

/** Requests that must not be made with keys the disk may not have. */
const sending = /\/_matrix\/client\/[^/]+\/(keys\/upload$|sendToDevice\/|rooms\/[^/]+\/send\/)/;

/** Whether a request to this path sends what was made with keys, or the keys themselves. */
export function sendsWithKeys(path: string): boolean {
  return sending.test(path);
}

export class SyncHalt {
  #isHalted = false;

  get isHalted(): boolean {
    return this.#isHalted;
  }

  halt(): void {
    this.#isHalted = true;
  }

  /**
   * A `fetch` that, once halted, lets no sync request out and no answer of one in, and fails what
   * would send something as it does without a connection.
   */
  guard(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
    return async (input, init) => {
      const path = pathOf(input);
      if (!path.endsWith('/sync')) {
        if (this.#isHalted && sendsWithKeys(path)) throw new TypeError('Storing fails: not sent');
        return fetch(input, init);
      }
      return this.#unlessHalted(init, () =>
        fetch(input, init).then((response) => this.#unlessHalted(init, () => response)),
      );
    };
  }

  #unlessHalted<Result>(
    init: RequestInit | undefined,
    go: () => Result | Promise<Result>,
  ): Result | Promise<Result> {
    return this.#isHalted ? untilAborted(init?.signal) : go();
  }
}

/** For what must not go on, neither by a result nor by an error that the SDK would pass over. */
export function never<Result>(): Promise<Result> {
  return new Promise(() => undefined);
}

function untilAborted(signal: AbortSignal | null | undefined): Promise<never> {
  const { promise, reject } = Promise.withResolvers<never>();
  const abort = (): void => {
    reject(new DOMException('The request was aborted', 'AbortError'));
  };
  if (signal?.aborted === true) abort();
  signal?.addEventListener('abort', abort, { once: true });
  return promise;
}

export function pathOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}
