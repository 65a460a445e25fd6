/** Before a backup is replaced or deleted: everything it holds comes to this device (I1). */
import {
  readRestoreRecord,
  newRestoreRecord,
  forgetRestoreRecord,
} from '../restore/restore-record';
import { DecryptionPool } from '../restore/decryption-pool';
import { firstSync } from '../restore/first-sync';
import { RestoreRun } from '../restore/restore-run';
import type { KeyValueTable } from '../../../store/profile-store';
import type { KeysContext } from '../keys-context';
import { findBackupVersion } from '../server/backup-version';
import { wipeableBytes } from '../wipeable-bytes';
import type { Retries } from '../restore/retries';

export interface ReadParts {
  readonly context: KeysContext;
  readonly retries: Retries;
  readonly signal: AbortSignal;
  readonly progress: (done: number, total: number) => void;
}

/** A backup as it was when all of it was here. */
export interface ReadBackup {
  readonly etag: string;
  readonly keys: number;
}

/** What came of reading one. */
export interface BackupReading {
  readonly imported: number;
  /** Keys in it. */
  readonly total: number;
  /** Null where some of them can't be read, or where others were added meanwhile. */
  readonly whole: ReadBackup | null;
}

/** {@link readBackup}; null where the backup is not to be deleted afterwards. */
export async function readWholeBackup(
  ...how: Parameters<typeof readBackup>
): Promise<ReadBackup | null> {
  return (await readBackup(...how))?.whole ?? null;
}

/**
 * Imports all keys of that backup.
 *
 * @param backupKey its private key, Base64
 * @param recordsOf whose record of how far it is; what goes on at the same time has its own
 * @returns null where the server does not have it
 * @throws {HoldfastError} `backup_missing`, or what waiting does not mend
 */
export async function readBackup(
  { context, retries, signal, progress }: ReadParts,
  version: string,
  backupKey: string,
  recordsOf = 'keys.change',
): Promise<BackupReading | null> {
  const before = await findBackupVersion(context.homeserver, version);
  if (before === null) return null;
  if (before.count === 0) {
    return { imported: 0, total: 0, whole: { etag: before.etag, keys: 0 } };
  }
  const { deviceId } = context.account;
  const apart = withRecordsApart(context, recordsOf);
  const { records } = apart.store.crypto;
  const stored = readRestoreRecord(records, deviceId);
  const record =
    stored?.version === version ? stored : newRestoreRecord(deviceId, version, before.count);
  await firstSync(context.client, signal);
  const pool = await DecryptionPool.open(context.decryptionThread, wipeableBytes(backupKey));
  const over = new AbortController();
  const parts = {
    context: apart,
    pool,
    retries,
    signal: AbortSignal.any([signal, over.signal]),
  };
  const run: RestoreRun = new RestoreRun(parts, record, () => {
    progress(Math.min(run.done, before.count), before.count);
  });
  try {
    await run.run();
  } finally {
    over.abort();
    await pool.close();
  }
  const { imported } = run.record;
  forgetRestoreRecord(records);
  const after = await findBackupVersion(context.homeserver, version);
  const isWhole = after !== null && after.etag === before.etag && imported >= after.count;
  return {
    imported,
    total: Math.max(before.count, after?.count ?? 0),
    whole: isWhole ? { etag: after.etag, keys: after.count } : null,
  };
}

/** So that how far it is does not mix with a restore that the person began. */
function withRecordsApart(context: KeysContext, owner: string): KeysContext {
  const { store } = context;
  const { records } = store.crypto;
  const named = (key: string): string => `${owner}/${key}`;
  const apart: KeyValueTable = {
    get: (key) => records.get(named(key)),
    set: (key, value) => {
      records.set(named(key), value);
    },
    delete: (key) => {
      records.delete(named(key));
    },
  };
  return { ...context, store: { ...store, crypto: { ...store.crypto, records: apart } } };
}
