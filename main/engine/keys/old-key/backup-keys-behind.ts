/** From a recovery key, whichever of the account's it is or was, to the backup keys it leads to. */
import { readRecoveryKey } from '../../../../preload/rules/recovery-key';
import { HoldfastError } from '../../../holdfast-error';
import { unlock, type OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { isAboutTheKey } from '../restore/open-secret-storage';
import type { StorageKey } from '../secrets/secret-storage';
import { storedBackupKey } from '../setup/backup-key';
import { removedBackupKeys, removedKeys } from './removed-secret';

export interface BackupKeysBehind {
  /** Which storage key was entered; null where it is none of those that are still described. */
  readonly opens: 'default' | 'other' | null;
  /** Base64. */
  readonly backupKeys: readonly string[];
}

/**
 * @param secret the recovery key, a text that holds one, or the security phrase
 * @throws {HoldfastError} where the entry itself is faulty: `key_mistyped`, `key_incomplete`,
 *   `key_not_found`; or what the network says
 */
export async function backupKeysBehind(
  context: KeysContext,
  secret: string,
): Promise<BackupKeysBehind> {
  const { secretStorage } = context;
  const defaultId = await secretStorage.defaultKeyId();
  const described = [
    await defaultOrNull(context),
    ...(await secretStorage.otherKeys()),
    ...(await removedKeys(context)),
  ];
  const refusals: HoldfastError[] = [];
  for (const storageKey of described) {
    if (storageKey === null) continue;
    const key = await attempt(context, secret, storageKey);
    if (key instanceof HoldfastError) refusals.push(key);
    else {
      const opens = key.id === defaultId ? 'default' : 'other';
      return { opens, backupKeys: await storedFor(context, key) };
    }
  }
  const keyItself = asBackupKey(secret);
  if (keyItself !== null) return { opens: null, backupKeys: [keyItself] };
  const faulty = refusals.find(({ code }) => isFaultyEntry(code));
  if (faulty !== undefined) throw faulty;
  return { opens: null, backupKeys: [] };
}

/** Null, too, where the present storage is not one that Holdfast understands. */
async function defaultOrNull({ secretStorage }: KeysContext): Promise<StorageKey | null> {
  return secretStorage.defaultKey().catch((error: unknown) => {
    if (error instanceof HoldfastError && error.code === 'key_unverifiable') return null;
    throw error;
  });
}

async function attempt(
  { secretStorage }: KeysContext,
  secret: string,
  storageKey: StorageKey,
): Promise<OpenKey | HoldfastError> {
  try {
    return await unlock(secret, storageKey, (bytes) => secretStorage.judge(storageKey, bytes));
  } catch (error) {
    if (isAboutTheKey(error)) return error;
    throw error;
  }
}

/** Wipes the key. */
async function storedFor(context: KeysContext, key: OpenKey): Promise<readonly string[]> {
  try {
    const stored = await storedBackupKey(context, key);
    const removed = await removedBackupKeys(context, key);
    return stored === null ? removed : [stored, ...removed];
  } finally {
    key.bytes.fill(0);
  }
}

/** Before there was secret storage, the key on paper was the backup's own. */
function asBackupKey(secret: string): string | null {
  const reading = readRecoveryKey(secret);
  if (reading.kind !== 'key') return null;
  const base64 = Buffer.from(reading.bytes).toString('base64').replace(/=+$/, '');
  reading.bytes.fill(0);
  return base64;
}

function isFaultyEntry(code: HoldfastError['code']): boolean {
  return code === 'key_mistyped' || code === 'key_incomplete' || code === 'key_not_found';
}
