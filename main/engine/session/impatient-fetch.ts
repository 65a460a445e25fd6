/**
 * matrix-js-sdk asks the server for its versions before it shows anything stored, without a limit.
 * On a network that swallows packets the person would watch an empty window for minutes.
 */

/** Milliseconds; afterwards the SDK goes on with what is stored, and asks again when it syncs. */
const versionsWithinMs = 5_000;

export function impatientFetch(fetch: typeof globalThis.fetch): typeof globalThis.fetch {
  return async (input, init) => {
    if (!pathOf(input).endsWith('/_matrix/client/versions')) return fetch(input, init);
    const limit = AbortSignal.timeout(versionsWithinMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, limit]) : limit;
    const { promise: aborted, reject } = Promise.withResolvers<never>();
    const abort = (): void => {
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', abort, { once: true });
    try {
      return await Promise.race([fetch(input, { ...init, signal }), aborted]);
    } finally {
      signal.removeEventListener('abort', abort);
    }
  };
}

function pathOf(input: string | URL | Request): string {
  return new URL(input instanceof Request ? input.url : input).pathname;
}
