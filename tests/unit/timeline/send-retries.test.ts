import { ConnectionError, MatrixError } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { retryDelay } from '../../../main/engine/timeline/send-retries';

const giveUp = -1;

function answered(status: number, headers: Record<string, string> = {}): MatrixError {
  return new MatrixError({ errcode: 'M_TEST' }, status, undefined, undefined, new Headers(headers));
}

describe('sending again by itself', () => {
  it('waits as long as the server asks', () => {
    expect(retryDelay(null, 1, answered(429, { 'Retry-After': '7' }))).toBe(7000);
  });

  it('waits longer each time where a limiting server names no time, or nonsense', () => {
    const first = retryDelay(null, 1, answered(429));
    expect(retryDelay(null, 2, answered(429, { 'Retry-After': 'soon' }))).toBeGreaterThan(first);
  });

  it('shows the message as not sent rather than waiting for hours', () => {
    expect(retryDelay(null, 1, answered(429, { 'Retry-After': '3600' }))).toBe(giveUp);
  });

  it('tries a broken server a few times', () => {
    expect(retryDelay(null, 1, answered(503))).toBeGreaterThan(0);
    expect(retryDelay(null, 2, answered(502))).toBeGreaterThan(0);
    expect(retryDelay(null, 3, answered(500))).toBe(giveUp);
  });

  it.each<unknown>([
    answered(403),
    answered(413),
    new ConnectionError('fetch failed'),
    new Error('encryption failed'),
    'nonsense',
  ])('gives up at once where trying again changes nothing: %s', (error) => {
    expect(retryDelay(null, 1, error)).toBe(giveUp);
  });
});
