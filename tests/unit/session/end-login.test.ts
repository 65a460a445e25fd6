import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { endDevice } from '../../../main/engine/session/end-login';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('telling the server that a device is gone', () => {
  it('ends although the network swallows the request', async () => {
    let ended = false;
    const ending = endDevice({ logout: () => new Promise(() => undefined) }).then(() => {
      ended = true;
    });
    await vi.advanceTimersByTimeAsync(9_000);
    expect(ended).toBe(false);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(ended).toBe(true);
    await ending;
  });

  it('ends although the server refuses, and leaves no timer behind', async () => {
    await endDevice({ logout: () => Promise.reject(new Error('502')) });
    expect(vi.getTimerCount()).toBe(0);
  });
});
