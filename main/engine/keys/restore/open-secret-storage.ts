import type { ErrorCode } from '../../../../preload/errors';
import { HoldfastError } from '../../../holdfast-error';
import { unlock, type OpenKey } from '../../../recovery-key/unlock';
import type { StorageKey } from '../secrets/secret-storage';
import { findBackup } from '../server/backup-version';
import { tellRecoveryKey } from '../tell-recovery-key';
import type { KeysContext } from '../keys-context';

/**
 * Finds which of the account's recovery keys was entered. There may be several: the one that new
 * secrets are stored for, and others that still open what was stored for them.
 *
 * @throws {HoldfastError} what {@link unlock} says of the default key where none of them is right;
 *   `backup_missing` or `key_unverifiable` where there is none
 */
export async function openSecretStorage(context: KeysContext, secret: string): Promise<OpenKey> {
  const { secretStorage } = context;
  const attempt = async (key: StorageKey): Promise<OpenKey> =>
    unlock(secret, key, (bytes) => secretStorage.judge(key, bytes));

  const refusal = await openDefault(context, attempt);
  if (!(refusal instanceof HoldfastError)) return refusal;
  for (const key of await secretStorage.otherKeys()) {
    try {
      return await attempt(key);
    } catch (error) {
      if (!isAboutTheKey(error)) throw error;
    }
  }
  throw refusal;
}

/** The key, or what is wrong with the entry as far as the default key is concerned. */
async function openDefault(
  context: KeysContext,
  attempt: (key: StorageKey) => Promise<OpenKey>,
): Promise<OpenKey | HoldfastError> {
  try {
    const storageKey = await context.secretStorage.defaultKey();
    if (storageKey === null) return await nothingToOpen(context);
    const key = await attempt(storageKey);
    // Only this one stays: what another one opens today may be gone tomorrow.
    tellRecoveryKey(context, key, storageKey.phrase);
    return key;
  } catch (error) {
    if (isAboutTheKey(error)) return error;
    throw error;
  }
}

async function nothingToOpen({ homeserver }: KeysContext): Promise<HoldfastError> {
  return (await findBackup(homeserver)) === null
    ? new HoldfastError('backup_missing', 'Neither secret storage nor backup')
    : new HoldfastError('key_unverifiable', 'A backup without secret storage');
}

/** Another key may fit; what looks like a mistyped key may be the phrase of another one. */
const aboutTheKey: readonly ErrorCode[] = [
  'key_wrong',
  'phrase_wrong',
  'key_not_found',
  'key_mistyped',
  'key_incomplete',
  'key_unverifiable',
];

export function isAboutTheKey(error: unknown): error is HoldfastError {
  return error instanceof HoldfastError && aboutTheKey.includes(error.code);
}
