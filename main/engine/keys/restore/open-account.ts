import { HoldfastError } from '../../../holdfast-error';
import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { isBackupDisabled, noteBackupEnabled, noteBackupWanted } from '../server/preference';
import { noteMisfit } from '../repair/stored-key-misfit';
import { backupSecret, identitySecrets } from '../secrets/secret-storage';
import {
  createBackupFor,
  newBackupKey,
  opens,
  storedBackupKey,
  useBackup,
  withBackupKey,
} from '../setup/backup-key';
import { storeIdentity } from '../setup/secure-account';
import { isUnfinishedSetup, noteUnfinishedSetup, setupFinished } from '../setup/unfinished-setup';

/**
 * With secret storage open: makes this a verified device, takes over the backup's key, and completes
 * what storage lacks and this device has. Nothing that is there is replaced.
 *
 * @returns the backup this device now reads and writes
 * @throws {HoldfastError} `backup_missing`, `backup_key_mismatch`, or what the network says
 */
export async function openAccount(context: KeysContext, key: OpenKey): Promise<BackupVersion> {
  await openIdentity(context, key);
  const backup = await findBackup(context.homeserver);
  const version = backup === null ? await completeBackup(context, key) : backup.version;
  if (backup !== null) await openBackup(context, key, backup);
  const opened = await findBackup(context.homeserver);
  if (opened?.version !== version) throw new HoldfastError('backup_missing', 'The backup is gone');
  return opened;
}

async function openIdentity(context: KeysContext, key: OpenKey): Promise<void> {
  const { identity, secretStorage } = context;
  const stored = await Promise.all(
    identitySecrets.map((name) => secretStorage.readable(name, key)),
  );
  const [master, selfSigning, userSigning] = stored;
  if (master == null || selfSigning == null || userSigning == null) {
    // Only where nothing at all is stored, for no key: a part of another identity, or one that
    // another recovery key opens, is not ours to replace.
    const { isMine } = await identity.published();
    const slots = await Promise.all(identitySecrets.map((name) => secretStorage.isStored(name)));
    if (isMine && !slots.includes(true)) await storeIdentity(context, key);
    return;
  }
  const here = await identity.takeOver({ master, selfSigning, userSigning });
  if (here && !(await identity.published()).verifiesThisDevice) await identity.signThisDevice();
}

async function openBackup(
  context: KeysContext,
  key: OpenKey,
  backup: BackupVersion,
): Promise<void> {
  const stored = await storedBackupKey(context, key);
  if (stored === null) return misfit(context, key, backup);
  await withBackupKey(stored, async (decryptionKey) => {
    if (!opens(decryptionKey, backup)) return misfit(context, key, backup);
    await noteBackupWanted(context.accountData);
    await useBackup(context, decryptionKey, backup.version);
    if (isUnfinishedSetup(context, key.id)) setupFinished(context);
  });
}

/** What is stored as its key does not open that backup: it is another one's, no key at all, or none. */
async function misfit(
  context: KeysContext,
  { id }: OpenKey,
  { version }: BackupVersion,
): Promise<never> {
  if (await context.secretStorage.holds(backupSecret, id)) await noteMisfit(context, id, version);
  throw new HoldfastError('backup_key_mismatch', 'Storage does not hold the key of the backup');
}

/**
 * The server has no backup. Where a setup of this computer was cut off, its last step is done now,
 * with the key that already lies in storage; where storage never had a backup's key, a first backup
 * is made. A key without its backup means that somebody deleted the backup: that is theirs to know,
 * unless the person switched the backup off. Who enters the recovery key wants it on again.
 */
async function completeBackup(context: KeysContext, key: OpenKey): Promise<string> {
  const { secretStorage, identity, accountData } = context;
  const stored = await storedBackupKey(context, key);
  const unfinished = isUnfinishedSetup(context, key.id);
  if (stored === null && (await secretStorage.isStored(backupSecret))) {
    throw new HoldfastError('backup_missing', 'What is stored may be the key of a backup');
  }
  if (stored !== null && !unfinished && !(await isBackupDisabled(accountData))) {
    throw new HoldfastError('backup_missing', 'The server has no backup');
  }
  if (!(await identity.published()).verifiesThisDevice) {
    throw new HoldfastError('backup_missing', 'No backup, and this device is not verified');
  }
  // Before the first write: a key in storage whose backup is not made yet must not pass for one
  // whose backup somebody deleted.
  noteUnfinishedSetup(context, key.id);
  await noteBackupEnabled(accountData);
  const backupKey = stored ?? newBackupKey();
  if (stored === null) await secretStorage.write(backupSecret, backupKey, key);
  return withBackupKey(backupKey, async (decryptionKey) => {
    const version = await createBackupFor(context, decryptionKey);
    await useBackup(context, decryptionKey, version);
    setupFinished(context);
    return version;
  });
}
