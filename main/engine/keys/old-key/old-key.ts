import type { OldBackupRead } from '../../../../preload/model/old-key';
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import type { OldBackups } from '../repair/old-backups';
import { Retries } from '../restore/retries';
import { backupKeysBehind, type BackupKeysBehind } from './backup-keys-behind';
import { earlierBackupsOf } from './earlier-backups';

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
   *   `not_allowed` while other work on the keys is under way, `server_error` where the server does
   *   not hand it out; what {@link backupKeysBehind} and the network say
   */
  read(secret: string): Promise<OldBackupRead> {
    return this.#context.turn.take(() => this.#readWith(secret));
  }

  async #readWith(secret: string): Promise<OldBackupRead> {
    const behind = await backupKeysBehind(this.#context, secret);
    const found = await earlierBackupsOf(this.#context, behind.backupKeys);
    if (found.length === 0) throw nothingOpened(behind);
    this.#oldBackups.keep(found);
    const { stopped: signal } = this.#context;
    const retries = new Retries({ signal, told: () => undefined });
    const read = { imported: 0, total: 0 };
    for (const backup of found) {
      const how = { retries, signal, progress: () => undefined };
      const reading = await this.#oldBackups.readNow(backup, how);
      if (reading === 'gone') throw new HoldfastError('old_backup_gone', 'Deleted meanwhile');
      if (reading === 'refused') {
        throw new HoldfastError('server_error', 'The old backup was not read to its end');
      }
      read.imported += reading.imported;
      read.total += reading.total;
    }
    return { keys: read.imported, unread: Math.max(read.total - read.imported, 0) };
  }
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
