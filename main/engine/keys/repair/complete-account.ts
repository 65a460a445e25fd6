/**
 * With the recovery key, on a device at work: what the account lacks to be recovered is added from
 * what lies in secret storage and on this device. What is stored for other recovery keys stays; what
 * gives way are secrets of an identity or a backup that the account has not got any more.
 */
import type { Completed } from '../../../../preload/model/key-repair';
import type { OpenKey } from '../../../recovery-key/unlock';
import { backupKeyOrNull } from '../change/secrets-here';
import { storeSecrets } from '../change/store-secrets';
import type { KeysContext } from '../keys-context';
import { keepWhatGivesWay } from '../old-key/earlier-backups';
import { Retries } from '../restore/retries';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { noteBackupEnabled, noteBackupWanted } from '../server/preference';
import {
  createBackupFor,
  newBackupKey,
  opens,
  storedBackupKey,
  useBackup,
  withBackupKey,
} from '../setup/backup-key';
import { noteUnfinishedSetup, setupFinished } from '../setup/unfinished-setup';
import { backupSecret, identitySecrets } from '../secrets/secret-storage';
import type { OldBackups, OpenedBackup } from './old-backups';
import { signBackup } from './sign-backup';
import { noteMisfit } from './stored-key-misfit';

/** @throws {HoldfastError} `reauth_required`, `backup_missing`, or what the network says */
export async function completeAccount(
  context: KeysContext,
  oldBackups: OldBackups,
  key: OpenKey,
): Promise<Completed> {
  await completeIdentity(context, key);
  const backup = await findBackup(context.homeserver);
  return backup === null ? makeBackup(context, key) : takeBackup(context, oldBackups, key, backup);
}

/** An identity where the account has none; this device signed by it; its keys in storage. */
async function completeIdentity(context: KeysContext, key: OpenKey): Promise<void> {
  const { identity, secretStorage } = context;
  let published = await identity.published();
  if (!published.isThere) {
    await identity.publish(undefined);
    published = await identity.published();
  }
  if (!published.isMine || !published.verifiesThisDevice) {
    const [master, selfSigning, userSigning] = await Promise.all(
      identitySecrets.map((name) => secretStorage.readable(name, key)),
    );
    if (master != null && selfSigning != null && userSigning != null) {
      await identity.takeOver({ master, selfSigning, userSigning });
      published = await identity.published();
    }
    if (published.isMine && !published.verifiesThisDevice) await identity.signThisDevice();
  }
  const keys = published.isMine ? await identity.exportKeys() : null;
  if (keys === null) return;
  const [master, selfSigning, userSigning] = identitySecrets;
  const secrets = [
    [master, keys.master],
    [selfSigning, keys.selfSigning],
    [userSigning, keys.userSigning],
  ] as const;
  await storeSecrets(secretStorage, key, secrets, () => undefined);
}

/** The server says that there is no backup: a new one, with the stored key where there is one. */
async function makeBackup(context: KeysContext, key: OpenKey): Promise<Completed> {
  const { identity, secretStorage, accountData } = context;
  if (!(await identity.published()).verifiesThisDevice) return 'not_verified';
  const backupKey = (await storedBackupKey(context, key)) ?? newBackupKey();
  // Before the first write: see `completeBackup` of a restore.
  noteUnfinishedSetup(context, key.id);
  await noteBackupEnabled(accountData);
  return withBackupKey<Completed>(backupKey, async (decryptionKey) => {
    await storeSecrets(secretStorage, key, [[backupSecret, backupKey]], () => undefined);
    const version = await createBackupFor(context, decryptionKey);
    await useBackup(context, decryptionKey, version);
    setupFinished(context);
    return 'complete';
  });
}

/** The key of the backup, from storage or from here, in both; and the backup signed by us. */
async function takeBackup(
  context: KeysContext,
  oldBackups: OldBackups,
  key: OpenKey,
  backup: BackupVersion,
): Promise<Completed> {
  const backupKey = await keyOf(context, key, backup);
  if (backupKey === null) {
    await noteMisfit(context, key.id, backup.version);
    return 'backup_closed';
  }
  const givesWay = await keepWhatGivesWay(context, oldBackups, key, [backupKey]);
  for (const old of givesWay) await readWhileAnswered(context, oldBackups, old);
  await storeSecrets(context.secretStorage, key, [[backupSecret, backupKey]], () => undefined);
  await noteBackupWanted(context.accountData);
  await withBackupKey(backupKey, (decryptionKey) =>
    useBackup(context, decryptionKey, backup.version),
  );
  if ((await context.identity.published()).verifiesThisDevice) await signBackup(context, backup);
  return 'complete';
}

/** Where the server lets it wait, it goes on by itself later: the person waits for this. */
async function readWhileAnswered(
  { stopped }: KeysContext,
  oldBackups: OldBackups,
  backup: OpenedBackup,
): Promise<void> {
  const later = new AbortController();
  const signal = AbortSignal.any([stopped, later.signal]);
  const retries = new Retries({
    signal,
    told: (pausing) => {
      if (pausing) later.abort();
    },
  });
  try {
    await oldBackups.readNow(backup, { retries, signal, progress: () => undefined });
  } catch (error) {
    if (!later.signal.aborted) throw error;
  }
}

/** The stored one where it opens that backup, else this device's. */
async function keyOf(
  context: KeysContext,
  key: OpenKey,
  backup: BackupVersion,
): Promise<string | null> {
  const stored = await storedBackupKey(context, key);
  if (stored !== null && (await withBackupKey(stored, async (one) => opens(one, backup)))) {
    return stored;
  }
  return backupKeyOrNull(context, backup);
}
