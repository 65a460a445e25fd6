/** The account's backups from before the present one. A server hands them out, but lists them nowhere. */
import { z } from 'zod';
import type { KeysContext } from '../keys-context';
import { findBackup, findBackupVersion, type BackupVersion } from '../server/backup-version';

const recordKey = 'keys.versions';
const record = z.object({ userId: z.string(), versions: z.array(z.string()) });
/** Of backups that this device saw in use. */
const mostNoted = 20;
/** Of numbers below the present one's: servers count up, which the specification does not promise. */
const mostCounted = 20;

/** Keeps in mind that this backup was in use once. */
export function noteVersion({ store, account }: KeysContext, version: string): void {
  const { userId } = account;
  const { records } = store.crypto;
  const noted = notedVersions(records.get(recordKey), userId);
  if (noted.at(-1) === version) return;
  const others = noted.filter((one) => one !== version);
  records.set(recordKey, { userId, versions: [...others, version].slice(-mostNoted) });
}

/**
 * Those that the server still has, newest first.
 *
 * @throws {HoldfastError} what the network says: a backup that was not answered for is not gone (I2)
 */
export async function earlierVersions(context: KeysContext): Promise<readonly BackupVersion[]> {
  const { homeserver, store, account } = context;
  const present = (await findBackup(homeserver))?.version ?? null;
  const noted = notedVersions(store.crypto.records.get(recordKey), account.userId);
  const candidates = new Set([...noted.toReversed(), ...countedDownFrom(present)]);
  if (present !== null) candidates.delete(present);
  const found: BackupVersion[] = [];
  for (const version of candidates) {
    const backup = await findBackupVersion(homeserver, version);
    if (backup !== null) found.push(backup);
  }
  return found;
}

/** For a device that came later than the backup that is looked for. */
function countedDownFrom(present: string | null): readonly string[] {
  if (present === null || !/^[1-9]\d{0,8}$/.test(present)) return [];
  const from = Number(present) - 1;
  return Array.from({ length: Math.min(from, mostCounted) }, (_, index) => String(from - index));
}

function notedVersions(stored: unknown, userId: string): readonly string[] {
  const noted = record.safeParse(stored).data;
  return noted?.userId === userId ? noted.versions : [];
}
