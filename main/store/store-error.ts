/** Why a store could not be opened or used; each calls for a different act of a person. */
export type StoreErrorReason =
  'wrong_key' | 'damaged' | 'newer_version' | 'disk_full' | 'read_only' | 'in_use' | 'io';

/** What opening and using the store throws; the original error is its `cause`. */
export class StoreError extends Error {
  override readonly name = 'StoreError';

  constructor(
    readonly reason: StoreErrorReason,
    message: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

// By SQLite's primary result codes; extended ones begin with them.
const REASONS: readonly (readonly [string, StoreErrorReason])[] = [
  ['SQLITE_NOTADB', 'wrong_key'],
  ['SQLITE_CORRUPT', 'damaged'],
  ['SQLITE_FULL', 'disk_full'],
  // Making room for the index of a write-ahead log.
  ['SQLITE_IOERR_SHMSIZE', 'disk_full'],
  ['SQLITE_READONLY', 'read_only'],
  ['SQLITE_PERM', 'read_only'],
  ['SQLITE_BUSY', 'in_use'],
  ['SQLITE_LOCKED', 'in_use'],
];

const SYSTEM_REASONS: Readonly<Record<string, StoreErrorReason>> = {
  ENOSPC: 'disk_full',
  EDQUOT: 'disk_full',
  EROFS: 'read_only',
  EACCES: 'read_only',
  EPERM: 'read_only',
};

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

/** Names what SQLite or the file system could not do with `file`. */
export function toStoreError(error: unknown, file: string): StoreError {
  if (error instanceof StoreError) return error;
  const code = codeOf(error);
  const reason =
    REASONS.find(([prefix]) => code.startsWith(prefix))?.[1] ?? SYSTEM_REASONS[code] ?? 'io';
  return new StoreError(reason, `${file}: ${code || 'unknown error'}`, { cause: error });
}

/** What SQLite says about a statement rather than about the file. */
const OF_THE_STATEMENT = /^SQLITE_(CONSTRAINT|TOOBIG|MISMATCH|RANGE)/;

/**
 * What is wrong with an open database, from what SQLite threw while it was used; null where nothing
 * is. A page that can't be authenticated is damaged then: the key has opened the file.
 */
export function storageProblem(error: unknown, file: string): StoreError | null {
  const code = codeOf(error);
  if (!code.startsWith('SQLITE_') || OF_THE_STATEMENT.test(code)) return null;
  const problem = toStoreError(error, file);
  if (problem.reason !== 'wrong_key') return problem;
  return new StoreError('damaged', problem.message, { cause: error });
}
