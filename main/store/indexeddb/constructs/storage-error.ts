/** Names the DOMException for what SQLite could not do; the original error is its cause. */
export function toStorageException(error: unknown): DOMException {
  if (error instanceof DOMException) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const name = code.startsWith('SQLITE_FULL') ? 'QuotaExceededError' : 'UnknownError';
  const message = error instanceof Error ? error.message : String(error);
  const exception = new DOMException(message, name);
  exception.cause = error;
  return exception;
}
