/** After another device has verified this one: the backup's key is on the way, and a restore follows. */
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { z } from 'zod';
import { listen } from '../../sync/listen';
import { singleFlight } from '../health/single-flight';
import type { KeysContext } from '../keys-context';
import { backupPrivateKey } from './backup-private-key';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { readRestoreRecord } from './restore-record';

const recordKey = 'keys.awaitsBackupKey';
const record = z.object({ deviceId: z.string() });

export class KeyFromDevice {
  readonly #context: KeysContext;
  readonly #begin: (backup: BackupVersion) => void;

  /**
   * @param begin called once the key of the account's backup is in this device's store; where another
   *   restore is under way, nothing comes of it, and it is called again after that
   */
  constructor(context: KeysContext, begin: (backup: BackupVersion) => void) {
    this.#context = context;
    this.#begin = begin;
    const look = (): void => void this.#look().catch(() => undefined);
    const unfollow = context.topics.restore.subscribe(({ step }) => {
      if (step !== 'checking' && step !== 'restoring') look();
    });
    context.stopped.addEventListener('abort', unfollow, { once: true });
    listen(context.client, context.stopped, {
      [CryptoEvent.KeyBackupDecryptionKeyCached]: look,
      // Where the server could not be asked at that moment.
      [CryptoEvent.KeyBackupStatus]: look,
    });
  }

  /** From now on, over restarts, until a restore has begun with it. */
  await(): void {
    const { store, account } = this.#context;
    store.crypto.records.set(recordKey, { deviceId: account.deviceId });
    void this.#look().catch(() => undefined);
  }

  readonly #look = singleFlight(async () => {
    const { store, account, homeserver, stopped } = this.#context;
    const awaited = record.safeParse(store.crypto.records.get(recordKey)).data;
    if (awaited?.deviceId !== account.deviceId) return;
    const backup = await findBackup(homeserver);
    if (backup === null) return;
    // Throws where the key is not here, or of another backup.
    (await backupPrivateKey(this.#context, backup.version)).fill(0);
    if (stopped.aborted) return;
    this.#begin(backup);
    const { records } = store.crypto;
    const hasBegun = readRestoreRecord(records, account.deviceId)?.version === backup.version;
    if (hasBegun) records.delete(recordKey);
  });
}
