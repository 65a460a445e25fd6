import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { requestError } from '../../../main/engine/session/request-error';

const refused = (status: number, errcode: string): MatrixError =>
  new MatrixError({ errcode }, status);

describe('a failed request', () => {
  it.each<[string, unknown, string]>([
    ['no connection', new ConnectionError('gone'), 'offline'],
    ['a revoked token', refused(401, 'M_UNKNOWN_TOKEN'), 'signed_out_remotely'],
    ['a room that is not there', refused(404, 'M_NOT_FOUND'), 'room_not_found'],
    ['a refusal', refused(403, 'M_FORBIDDEN'), 'forbidden'],
    ['a server in trouble, whatever it says', refused(500, 'M_FORBIDDEN'), 'server_error'],
    ['a proxy in trouble', new HTTPError('bad gateway', 502), 'server_error'],
    ['too many requests', refused(429, 'M_LIMIT_EXCEEDED'), 'rate_limited'],
    ['anything else', new Error('oops'), 'internal'],
  ])('says what it means: %s', (_what, error, code) => {
    expect(requestError(error)).toMatchObject({ code });
  });

  it('means to a call what that call says', () => {
    const codes = { M_FORBIDDEN: 'wrong_password' } as const;
    expect(requestError(refused(403, 'M_FORBIDDEN'), codes)).toMatchObject({
      code: 'wrong_password',
    });
    expect(requestError(new Error('<p>'), codes, 'server_not_matrix')).toMatchObject({
      code: 'server_not_matrix',
    });
  });
});
