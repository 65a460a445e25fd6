/**
 * Only the recovery key shows whether what storage holds opens the backup, unless the backup was just
 * made here. What is known of it is kept, so that the recovery key is not asked for again in vain.
 */
import { z } from 'zod';
import type { KeysContext } from '../keys-context';
import { backupSecret } from '../secrets/secret-storage';

const recordKey = 'keys.storedKeyMisfit';
const record = z.object({ keyId: z.string(), version: z.string(), mark: z.string().nullable() });

/**
 * The backup's key, as stored for that recovery key, does not open that backup: it was tried, or was
 * stored before that backup was made.
 */
export async function noteMisfit(
  { store, secretStorage }: KeysContext,
  keyId: string,
  version: string,
): Promise<void> {
  const mark = await secretStorage.markOf(backupSecret, keyId);
  store.crypto.records.set(recordKey, { keyId, version, mark });
}

/**
 * Whether that was found of just this: another backup, or another secret stored since, may fit.
 *
 * @param mark of the secret as it is stored now
 */
export function isMisfit(
  { store }: KeysContext,
  keyId: string,
  version: string,
  mark: string | null,
): boolean {
  const noted = record.safeParse(store.crypto.records.get(recordKey)).data;
  return noted?.keyId === keyId && noted.version === version && noted.mark === mark;
}
