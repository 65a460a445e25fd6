import type { ErrorCode } from '../../preload/errors';
import { HoldfastError } from '../holdfast-error';

/** Codes of Node's and Chromium's network stacks, by what they mean for the person. */
const meanings: readonly (readonly [ErrorCode, RegExp])[] = [
  [
    'server_certificate',
    /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|UNABLE_TO_GET_ISSUER|ALTNAME|ERR_SSL|ERR_TLS|EPROTO/,
  ],
  ['offline', /ERR_INTERNET_DISCONNECTED|ERR_NETWORK_CHANGED|ENETUNREACH|ENETDOWN|EAI_AGAIN/],
  ['server_not_found', /ENOTFOUND|ERR_NAME_NOT_RESOLVED|ERR_NAME_RESOLUTION_FAILED/],
  ['timeout', /TIMEOUT|TIMED_OUT|ETIMEDOUT/],
];

/** Says what a failed fetch means; what can't be told apart counts as being offline. */
export function networkError(error: unknown, server: string): HoldfastError {
  const trace = [...causes(error)].join(' ');
  const code = meanings.find(([, pattern]) => pattern.test(trace))?.[0] ?? 'offline';
  return new HoldfastError(code, 'The request failed', { server }, { cause: error });
}

function* causes(error: unknown): Generator<string> {
  for (let at = error, depth = 0; at instanceof Error && depth < 8; at = at.cause, depth++) {
    if ('code' in at) yield String(at.code);
    yield at.message;
    if (at instanceof AggregateError) for (const one of at.errors) yield* causes(one);
  }
}
