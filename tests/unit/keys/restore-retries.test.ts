import { describe, expect, it } from 'vitest';
import { Retries } from '../../../main/engine/keys/restore/retries';
import { HoldfastError } from '../../../main/holdfast-error';

const offline = new HoldfastError('offline', 'No answer');
const busy = new HoldfastError('rate_limited', 'Later', { retryAfterMs: 600_000 });
/** The fourth in a row. */
const longPauseMs = 4_000;

function retriesThat(told: (pausing: boolean) => void): { retries: Retries; end: AbortController } {
  const end = new AbortController();
  return { retries: new Retries({ signal: end.signal, told }), end };
}

describe('the pause after a failure', () => {
  it('ends when the server answers again, and the next one is short', async () => {
    const pauses: boolean[] = [];
    const { retries } = retriesThat((pausing) => {
      pauses.push(pausing);
      if (pausing) retries.connected();
    });
    const begunAt = performance.now();
    // Short ones first: 0.5, 1 and 2 seconds would pass, were they not cut off.
    for (let failure = 0; failure < 3; failure += 1) {
      const waited = retries.waitAfter(offline);
      retries.now();
      await waited;
    }
    expect(pauses).toEqual([]);

    await retries.waitAfter(offline);
    expect(pauses).toEqual([true, false]);

    const waited = retries.waitAfter(offline);
    retries.now();
    await waited;
    // Shown only from three seconds on: this one began anew.
    expect(pauses).toEqual([true, false]);
    expect(performance.now() - begunAt).toBeLessThan(longPauseMs);
  });

  it('lasts as long as the server asked, whoever answers meanwhile', async () => {
    const { promise: pausing, resolve } = Promise.withResolvers<undefined>();
    const { retries, end } = retriesThat(() => resolve(undefined));
    let ended = false;
    const waited = retries.waitAfter(busy).finally(() => {
      ended = true;
    });
    await pausing;
    retries.connected();
    await new Promise(setImmediate);
    expect(ended).toBe(false);
    end.abort();
    await expect(waited).rejects.toThrow();
  });
});
