/**
 * A `fetch` for one session: what is under way when the session stops is ended with it. The SDK's
 * background work would otherwise wake up in a crypto machine that is closed.
 */
export function untilStopped(
  fetch: typeof globalThis.fetch,
  stopped: AbortSignal,
): typeof globalThis.fetch {
  return (input, init) => {
    const signals = init?.signal ? [stopped, init.signal] : [stopped];
    return fetch(input, { ...init, signal: AbortSignal.any(signals) });
  };
}
