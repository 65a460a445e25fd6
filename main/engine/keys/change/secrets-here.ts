/** The account's secrets as this device has them: what a new recovery key is to open. */
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { olmMachineOf } from '../olm-machine';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { opens } from '../setup/backup-key';
import { backupSecret, identitySecrets, type SecretName } from '../secrets/secret-storage';

export interface SecretsHere {
  /** The account's current backup. */
  readonly backup: BackupVersion;
  readonly secrets: readonly (readonly [SecretName, string])[];
}

/**
 * @throws {HoldfastError} `backup_missing` where the server says that there is no backup,
 *   `secrets_not_here` where this device lacks one of the secrets, or what the network says
 */
export async function secretsHere(context: KeysContext): Promise<SecretsHere> {
  const backup = await findBackup(context.homeserver);
  if (backup === null) throw new HoldfastError('backup_missing', 'The server has no backup');
  const identity = await context.identity.exportKeys();
  if (identity === null || !(await context.identity.published()).isMine) {
    throw new HoldfastError('secrets_not_here', 'The identity is not on this device');
  }
  const [master, selfSigning, userSigning] = identitySecrets;
  return {
    backup,
    secrets: [
      [backupSecret, await backupKeyHere(context, backup)],
      [master, identity.master],
      [selfSigning, identity.selfSigning],
      [userSigning, identity.userSigning],
    ],
  };
}

/** {@link backupKeyHere}; null where it is not here. */
export async function backupKeyOrNull(
  context: KeysContext,
  backup: BackupVersion,
): Promise<string | null> {
  return backupKeyHere(context, backup).catch((error: unknown) => {
    if (error instanceof HoldfastError && error.code === 'secrets_not_here') return null;
    throw error;
  });
}

/** Unpadded Base64. @throws {HoldfastError} `secrets_not_here` */
export async function backupKeyHere(
  { client }: KeysContext,
  backup: BackupVersion,
): Promise<string> {
  const { decryptionKey } = await olmMachineOf(client).getBackupKeys();
  try {
    if (decryptionKey === undefined || !opens(decryptionKey, backup)) {
      throw new HoldfastError('secrets_not_here', 'The key of the backup is not on this device');
    }
    return decryptionKey.toBase64();
  } finally {
    decryptionKey?.free();
  }
}
