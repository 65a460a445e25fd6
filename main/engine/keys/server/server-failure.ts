import { ConnectionError, HTTPError, MatrixError, safeGetRetryAfterMs } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';

/**
 * What a failed request means for the person. An answer that can't be told from a portal's or a
 * proxy's counts as a server error, never as the absence of what was asked for (I2).
 */
export function serverFailure(error: unknown): HoldfastError {
  if (error instanceof HoldfastError) return error;
  if (error instanceof MatrixError && error.errcode === 'M_UNKNOWN_TOKEN') {
    return new HoldfastError('signed_out_remotely', 'Token not accepted', {}, { cause: error });
  }
  if (error instanceof HTTPError) {
    if (error.isRateLimitError()) {
      const retryAfterMs = safeGetRetryAfterMs(error, defaultPauseMs);
      return new HoldfastError('rate_limited', 'Rate limited', { retryAfterMs }, { cause: error });
    }
    const status = String(error.httpStatus ?? 0);
    return new HoldfastError('server_error', `Status ${status}`, {}, { cause: error });
  }
  if (error instanceof ConnectionError) {
    return new HoldfastError('offline', 'No answer', {}, { cause: error });
  }
  return new HoldfastError('server_error', 'Answer not understood', {}, { cause: error });
}

const defaultPauseMs = 10_000;

/**
 * True for failures that pass by themselves: no connection, an overloaded server, a portal's page in
 * its place. What a Matrix server refuses (4xx) it will refuse again.
 */
export function isPassing(error: unknown): boolean {
  return error instanceof HoldfastError && passing.has(error.code) && !isRefusal(error.cause);
}

function isRefusal(cause: unknown): boolean {
  if (!(cause instanceof MatrixError) || cause.errcode === undefined) return false;
  const status = cause.httpStatus ?? 0;
  return status >= 400 && status < 500 && !cause.isRateLimitError();
}

/** Milliseconds the server asked to wait before the next attempt; 0 where it did not. */
export function waitAskedFor(error: unknown): number {
  return error instanceof HoldfastError ? (error.data.retryAfterMs ?? 0) : 0;
}

const passing: ReadonlySet<string> = new Set([
  'offline',
  'timeout',
  'rate_limited',
  'server_error',
  'server_not_found',
]);
