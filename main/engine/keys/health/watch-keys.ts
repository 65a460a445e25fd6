import { ClientEvent, SyncState, type MatrixEvent } from 'matrix-js-sdk';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { listen } from '../../sync/listen';
import type { KeysContext } from '../keys-context';
import { backupSecret } from '../secrets/secret-storage';

/** Milliseconds between a sign that keys changed and counting them: counting many takes its time. */
const recountAfterMs = 1_000;
/** Replacing a backup makes no sound on devices that are not uploading: look by and by. */
const refreshEveryMs = 3_600_000;

/**
 * Listens to everything the keys' state depends on, until the session stops.
 *
 * @param refresh asks everything anew
 * @param recount counts the keys that wait for backup, and asks nothing else
 */
export function watchKeys(
  { client, account, stopped }: KeysContext,
  refresh: () => void,
  recount: () => void,
): void {
  let recountTimer: NodeJS.Timeout | null = null;
  const recountSoon = (): void => {
    recountTimer ??= setTimeout(() => {
      recountTimer = null;
      recount();
    }, recountAfterMs);
  };
  listen(client, stopped, {
    [ClientEvent.Sync]: (state: SyncState, before: SyncState | null) => {
      if (state === SyncState.Syncing && before === SyncState.Syncing) recountSoon();
      else if (state === SyncState.Syncing || state === SyncState.Error) refresh();
    },
    [ClientEvent.AccountData]: (event: MatrixEvent) => {
      if (concernsKeys(event.getType())) refresh();
    },
    [CryptoEvent.KeyBackupStatus]: refresh,
    [CryptoEvent.KeyBackupFailed]: refresh,
    [CryptoEvent.KeyBackupDecryptionKeyCached]: refresh,
    [CryptoEvent.KeysChanged]: refresh,
    [CryptoEvent.UserTrustStatusChanged]: (userId: string) => {
      if (userId === account.userId) refresh();
    },
    // Another device signs this one, or another identity comes: told as a change of devices.
    [CryptoEvent.DevicesUpdated]: (userIds: string[]) => {
      if (userIds.includes(account.userId)) refresh();
    },
    [CryptoEvent.KeyBackupSessionsRemaining]: recountSoon,
  });
  const regularly = setInterval(refresh, refreshEveryMs);
  regularly.unref();
  const stop = (): void => {
    clearInterval(regularly);
    if (recountTimer !== null) clearTimeout(recountTimer);
  };
  stopped.addEventListener('abort', stop, { once: true });
}

function concernsKeys(type: string): boolean {
  return (
    type === backupSecret ||
    type === 'm.key_backup' ||
    type === 'm.org.matrix.custom.backup_disabled' ||
    type.startsWith('m.secret_storage.') ||
    type.startsWith('m.cross_signing.')
  );
}
