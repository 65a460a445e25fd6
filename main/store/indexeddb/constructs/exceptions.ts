/** The exceptions this API throws, by name; each with a sentence for whoever debugs. */

const MESSAGES = {
  AbortError: 'The transaction was aborted',
  ConstraintError: 'A constraint was not satisfied',
  DataError: 'The value is not a valid key or key range',
  InvalidAccessError: 'The operation is not supported by this object',
  InvalidStateError: 'The object is not in a state that allows this',
  NotFoundError: 'There is no object with this name',
  ReadOnlyError: 'The transaction is read-only',
  SyntaxError: 'The key path is not valid',
  TransactionInactiveError: 'The transaction is not active',
  VersionError: 'The requested version is lower than the existing one',
} as const;

export function exception(name: keyof typeof MESSAGES, message?: string): DOMException {
  return new DOMException(message ?? MESSAGES[name], name);
}
