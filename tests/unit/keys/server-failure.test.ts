import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import {
  isPassing,
  serverFailure,
  waitAskedFor,
} from '../../../main/engine/keys/server/server-failure';

describe('a failed request', () => {
  const refusal = (status: number, errcode: string): Error =>
    new MatrixError({ errcode, error: errcode }, status);

  it.each<readonly [string, Error, boolean]>([
    ['no connection', new ConnectionError('fetch failed'), true],
    ['an overloaded server', refusal(503, 'M_UNKNOWN'), true],
    ['a rate limit', refusal(429, 'M_LIMIT_EXCEEDED'), true],
    ['a portal’s page', new HTTPError('Not found', 404), true],
    ['an answer that makes no sense', new SyntaxError('Unexpected token'), true],
    ['a refusal', refusal(403, 'M_FORBIDDEN'), false],
    ['an endpoint that is not there', refusal(404, 'M_UNRECOGNIZED'), false],
  ])('passes by itself or not: %s', (_what, error, passes) => {
    expect(isPassing(serverFailure(error))).toBe(passes);
  });

  it('says how long the server asked to wait', () => {
    const limited = new MatrixError({ errcode: 'M_LIMIT_EXCEEDED', retry_after_ms: 90_000 }, 429);
    expect(waitAskedFor(serverFailure(limited))).toBe(90_000);
    expect(waitAskedFor(serverFailure(refusal(503, 'M_UNKNOWN')))).toBe(0);
  });
});
