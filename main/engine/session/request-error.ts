/** What a failed request means for the person. */
import { ConnectionError, HTTPError, MatrixError } from 'matrix-js-sdk';
import type { ErrorCode, ErrorData } from '../../../preload/errors';
import { HoldfastError } from '../../holdfast-error';

/**
 * @param codes what an `errcode` means for the call at hand, before what it means in general
 * @param unknown what an error is that is no answer of a Matrix server
 */
export function requestError(
  error: unknown,
  codes: Readonly<Record<string, ErrorCode>> = roomCodes,
  unknown: ErrorCode = 'internal',
): HoldfastError {
  const failure = (code: ErrorCode, message: string, data: ErrorData = {}): HoldfastError =>
    new HoldfastError(code, message, data, { cause: error });

  if (error instanceof HoldfastError) return error;
  if (error instanceof ConnectionError) return failure('offline', 'No connection');
  if (!(error instanceof HTTPError)) return failure(unknown, 'The request failed');
  const { httpStatus } = error;
  if (httpStatus === 429) {
    const retryAfterMs = retryAfter(error) ?? defaultPauseMs;
    return failure('rate_limited', 'Too many requests', { retryAfterMs });
  }
  const status = `Status ${String(httpStatus)}`;
  const errcode = error instanceof MatrixError ? (error.errcode ?? '') : '';
  // A server in trouble may name any reason with it; none of them is the person's doing.
  if (httpStatus !== undefined && httpStatus >= 500) return failure('server_error', status);
  return failure(codes[errcode] ?? generalCodes[errcode] ?? 'server_error', status);
}

/** Milliseconds to wait where a server that asks for a pause names none. */
const defaultPauseMs = 60_000;

const generalCodes: Readonly<Record<string, ErrorCode>> = {
  M_UNKNOWN_TOKEN: 'signed_out_remotely',
  M_MISSING_TOKEN: 'signed_out_remotely',
};

const roomCodes: Readonly<Record<string, ErrorCode>> = {
  M_NOT_FOUND: 'room_not_found',
  M_FORBIDDEN: 'forbidden',
  M_TOO_LARGE: 'message_too_long',
};

/** Milliseconds the server asks to wait; null where it names none, or nonsense. */
export function retryAfter(error: HTTPError): number | null {
  try {
    return error.getRetryAfterMs();
  } catch {
    return null;
  }
}
