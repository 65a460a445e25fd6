import type { BridgeError, ErrorCode, ErrorData } from '../preload/errors';

/** The one error class whose code reaches the person. Anything else becomes `internal`. */
export class HoldfastError extends Error {
  override readonly name = 'HoldfastError';

  constructor(
    readonly code: ErrorCode,
    message: string,
    readonly data: ErrorData = {},
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/**
 * What may cross a boundary: a HoldfastError as it is; of any other error not even the message,
 * because libraries put URLs, tokens and bodies into theirs.
 */
export function toBridgeError(error: unknown): BridgeError {
  if (error instanceof HoldfastError) {
    return { code: error.code, message: error.message, data: error.data };
  }
  return { code: 'internal', message: 'Unexpected error', data: {} };
}

export function fromBridgeError(error: BridgeError): HoldfastError {
  return new HoldfastError(error.code, error.message, error.data);
}
