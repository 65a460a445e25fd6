/**
 * With the recovery key, on a device at work: what the account lacks to be recovered is added from
 * what lies in secret storage and on this device. What is stored for other recovery keys stays; what
 * gives way are secrets of an identity or a backup that the account has not got any more.
 */
import type { Completed } from '../../../../preload/model/key-repair';
import { HoldfastError } from '../../../holdfast-error';
import type { OpenKey } from '../../../recovery-key/unlock';
import { backupKeyHere } from '../change/secrets-here';
import { storeSecrets } from '../change/store-secrets';
import type { KeysContext } from '../keys-context';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { noteBackupEnabled, noteBackupWanted } from '../server/preference';
import {
  createBackupFor,
  newBackupKey,
  opens,
  useBackup,
  withBackupKey,
} from '../setup/backup-key';
import { noteUnfinishedSetup, setupFinished } from '../setup/unfinished-setup';
import { backupSecret, identitySecrets, type SecretName } from '../secrets/secret-storage';
import { signBackup } from './sign-backup';
import { noteMisfit } from './stored-key-misfit';

/** @throws {HoldfastError} `reauth_required`, `backup_missing`, or what the network says */
export async function completeAccount(context: KeysContext, key: OpenKey): Promise<Completed> {
  await completeIdentity(context, key);
  const backup = await findBackup(context.homeserver);
  return backup === null ? makeBackup(context, key) : takeBackup(context, key, backup);
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
      identitySecrets.map((name) => stored(context, name, key)),
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
  const backupKey = (await stored(context, backupSecret, key)) ?? newBackupKey();
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
  key: OpenKey,
  backup: BackupVersion,
): Promise<Completed> {
  const backupKey = await keyOf(context, key, backup);
  if (backupKey === null) {
    await noteMisfit(context, key.id, backup.version);
    return 'backup_closed';
  }
  await storeSecrets(context.secretStorage, key, [[backupSecret, backupKey]], () => undefined);
  await noteBackupWanted(context.accountData);
  await withBackupKey(backupKey, (decryptionKey) =>
    useBackup(context, decryptionKey, backup.version),
  );
  if ((await context.identity.published()).verifiesThisDevice) await signBackup(context, backup);
  return 'complete';
}

async function keyOf(
  context: KeysContext,
  key: OpenKey,
  backup: BackupVersion,
): Promise<string | null> {
  const inStorage = await stored(context, backupSecret, key);
  if (inStorage !== null && (await isKeyOf(inStorage, backup))) return inStorage;
  return backupKeyHere(context, backup).catch((error: unknown) => {
    if (error instanceof HoldfastError && error.code === 'secrets_not_here') return null;
    throw error;
  });
}

async function isKeyOf(backupKey: string, backup: BackupVersion): Promise<boolean> {
  try {
    return await withBackupKey(backupKey, async (decryptionKey) => opens(decryptionKey, backup));
  } catch {
    // What lies there is no key at all.
    return false;
  }
}

/** Null where nothing is stored for that key, or nothing that it opens. */
async function stored(
  { secretStorage }: KeysContext,
  name: SecretName,
  key: OpenKey,
): Promise<string | null> {
  try {
    return await secretStorage.read(name, key);
  } catch (error) {
    // What the network says is no verdict; what does not decrypt is one.
    if (error instanceof HoldfastError) throw error;
    return null;
  }
}
