import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import type { OldBackups, OpenedBackup } from '../repair/old-backups';
import { opens, storedBackupKey, withBackupKey } from '../setup/backup-key';
import { earlierVersions } from './earlier-versions';

/**
 * The backups from before the present one that these keys open, of those the server still has.
 *
 * @param backupKeys Base64
 * @throws {HoldfastError} what the network says
 */
export async function earlierBackupsOf(
  context: KeysContext,
  backupKeys: readonly string[],
): Promise<readonly OpenedBackup[]> {
  if (backupKeys.length === 0) return [];
  const versions = await earlierVersions(context);
  const found: OpenedBackup[] = [];
  for (const key of backupKeys) {
    await withBackupKey(key, async (opened) => {
      for (const backup of versions) {
        if (opens(opened, backup)) found.push({ version: backup.version, key });
      }
    });
  }
  return found;
}

/**
 * Before the backup key that is stored for a recovery key gives way to another: a change that was cut
 * off may have left the key of an earlier backup there, with the only copy of the history. What it
 * opens is kept, to be read.
 *
 * @param known backup keys that are at hand anyway
 * @returns what was kept
 * @throws {HoldfastError} what the network says
 */
export async function keepWhatGivesWay(
  context: KeysContext,
  oldBackups: OldBackups,
  key: OpenKey,
  known: readonly (string | null)[],
): Promise<readonly OpenedBackup[]> {
  const stored = await storedBackupKey(context, key);
  if (stored === null || known.includes(stored)) return [];
  const found = await earlierBackupsOf(context, [stored]);
  oldBackups.keep(found);
  return found;
}
