/** What a failed request of the signed-in account means for the person. */
import { ConnectionError, MatrixError, type HTTPError } from 'matrix-js-sdk';
import { HoldfastError } from '../../holdfast-error';

export function requestError(error: unknown): HoldfastError {
  if (error instanceof HoldfastError) return error;
  if (error instanceof ConnectionError) {
    return new HoldfastError('offline', 'No connection', {}, { cause: error });
  }
  if (!(error instanceof MatrixError)) {
    return new HoldfastError('internal', 'The request failed', {}, { cause: error });
  }
  if (error.httpStatus === 429) {
    const retryAfterMs = retryAfter(error) ?? 60_000;
    return new HoldfastError('rate_limited', 'Too many requests', { retryAfterMs });
  }
  switch (error.errcode) {
    case 'M_UNKNOWN_TOKEN':
    case 'M_MISSING_TOKEN':
      return new HoldfastError('signed_out_remotely', 'The device is signed out');
    case 'M_NOT_FOUND':
      return new HoldfastError('room_not_found', 'Not found');
    case 'M_FORBIDDEN':
      return new HoldfastError('forbidden', 'The server refused');
    case 'M_TOO_LARGE':
      return new HoldfastError('message_too_long', 'Too large');
    default:
      return new HoldfastError('server_error', `Status ${String(error.httpStatus)}`);
  }
}

/** Milliseconds the server asks to wait; null where it names none, or nonsense. */
export function retryAfter(error: HTTPError): number | null {
  try {
    return error.getRetryAfterMs();
  } catch {
    return null;
  }
}
