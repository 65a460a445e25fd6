import type { OldBackupRead } from '../../../../preload/model/old-key';
import { HoldfastError } from '../../../holdfast-error';
import { readPlan } from '../change/plan';
import type { KeysContext } from '../keys-context';
import type { OldBackups } from '../repair/old-backups';
import type { BackupVersion } from '../server/backup-version';
import { opens, withBackupKey } from '../setup/backup-key';
import { backupKeysBehind, type BackupKeysBehind } from './backup-keys-behind';
import { earlierVersions } from './earlier-versions';

interface Match {
  readonly version: string;
  readonly key: string;
}

/**
 * A recovery key that turned up after everything was set up anew: what it still opens comes here, and
 * from here into the present backup. The old backup is left as it is.
 */
export class OldKey {
  readonly #context: KeysContext;
  readonly #oldBackups: OldBackups;

  constructor(context: KeysContext, oldBackups: OldBackups) {
    this.#context = context;
    this.#oldBackups = oldBackups;
  }

  /**
   * Resolves when all of it is here; cut off, it goes on at the next start.
   *
   * @param secret the recovery key, a text that holds one, or the security phrase
   * @throws {HoldfastError} `old_key_unknown` where it opens nothing the server has, `key_current`
   *   where it opens the present backup alone, `old_backup_gone` where what it opened is deleted,
   *   `not_allowed` while a change is under way; what {@link backupKeysBehind} and the network say
   */
  async read(secret: string): Promise<OldBackupRead> {
    const { store, account } = this.#context;
    if (readPlan(store.crypto.records, account.deviceId) !== null) {
      throw new HoldfastError('not_allowed', 'The keys are being changed');
    }
    const behind = await backupKeysBehind(this.#context, secret);
    const matches = await matchesAmong(await earlierVersions(this.#context), behind.backupKeys);
    if (matches.length === 0) throw nothingOpened(behind);
    const read = { imported: 0, total: 0 };
    for (const { version, key } of matches) {
      const { imported, total } = await this.#oldBackups.read(version, key);
      read.imported += imported;
      read.total += total;
    }
    return { keys: read.imported, unread: Math.max(read.total - read.imported, 0) };
  }
}

async function matchesAmong(
  versions: readonly BackupVersion[],
  keys: readonly string[],
): Promise<readonly Match[]> {
  const matches: Match[] = [];
  for (const key of keys) {
    await withBackupKey(key, async (opened) => {
      for (const backup of versions) {
        if (opens(opened, backup)) matches.push({ version: backup.version, key });
      }
    });
  }
  return matches;
}

function nothingOpened({ opens: which }: BackupKeysBehind): HoldfastError {
  switch (which) {
    case 'default':
      return new HoldfastError('key_current', 'The present recovery key, and nothing older to it');
    case 'other':
      return new HoldfastError('old_backup_gone', 'What this key opened is not on the server');
    case null:
      return new HoldfastError('old_key_unknown', 'It opens nothing of this account');
  }
}
