import type { SecuringStep } from '../../../../preload/model/keys';
import { HoldfastError } from '../../../holdfast-error';
import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { findBackup } from '../server/backup-version';
import { noteBackupEnabled } from '../server/preference';
import { backupSecret, identitySecrets } from '../secrets/secret-storage';
import { createBackupFor, opens, useBackup, withBackupKey } from './backup-key';
import type { RecoveryKeyDraft } from './recovery-key-draft';
import { noteUnfinishedSetup, setupFinished } from './unfinished-setup';

/**
 * Creates identity, secret storage and backup, in an order in which a stop between any two steps
 * leaves nothing that only lost memory could open: a secret lies in storage before anything is
 * encrypted for it, and storage counts (its default key is set) only once it is complete. Every step
 * finds out by itself whether it is done already, so the whole may be called again.
 *
 * @param backupKey of an earlier attempt with this draft
 * @throws {HoldfastError} `backup_exists`, `reauth_required`, `wrong_password`, or what the network
 *   says
 */
export async function secureAccount(
  context: KeysContext,
  draft: RecoveryKeyDraft,
  backupKey: string,
  accountPassword: string | undefined,
  doing: (step: SecuringStep) => void,
): Promise<void> {
  const { identity, secretStorage, accountData, homeserver } = context;
  const key: OpenKey = { id: draft.keyId, bytes: draft.bytes };
  await withBackupKey(backupKey, async (decryptionKey) => {
    const backup = await findBackup(homeserver);
    const storageKeyId = await secretStorage.defaultKeyId();
    const othersBackup = backup !== null && !opens(decryptionKey, backup);
    if (othersBackup || (storageKeyId !== null && storageKeyId !== key.id)) {
      throw othersWereFaster();
    }

    doing('identity');
    await identity.publish(accountPassword);

    doing('secret_storage');
    if (storageKeyId === null) {
      noteUnfinishedSetup(context, key.id);
      await secretStorage.describeKey(key, draft.phrase);
      await storeIdentity(context, key);
      await secretStorage.write(backupSecret, backupKey, key);
      // Another device may have been faster meanwhile: what it made counts, and stays.
      await requireStillEmpty(context);
      await secretStorage.useByDefault(key.id);
    }

    doing('backup');
    const present = await findBackup(homeserver);
    if (present !== null && !opens(decryptionKey, present)) throw othersWereFaster();
    const version = present?.version ?? (await createBackupFor(context, decryptionKey));
    await useBackup(context, decryptionKey, version);
    setupFinished(context);
    await noteBackupEnabled(accountData);
  });
}

async function requireStillEmpty({ homeserver, secretStorage }: KeysContext): Promise<void> {
  const isEmpty =
    (await secretStorage.defaultKeyId()) === null && (await findBackup(homeserver)) === null;
  if (!isEmpty) throw othersWereFaster();
}

function othersWereFaster(): HoldfastError {
  return new HoldfastError('backup_exists', 'Another device has set up key backup');
}

/** Stores the identity's private keys of this device. */
export async function storeIdentity(
  { identity, secretStorage }: KeysContext,
  key: OpenKey,
): Promise<void> {
  const keys = await identity.exportKeys();
  if (keys === null) throw new HoldfastError('not_allowed', 'The identity is not on this device');
  const [master, selfSigning, userSigning] = identitySecrets;
  await secretStorage.write(master, keys.master, key);
  await secretStorage.write(selfSigning, keys.selfSigning, key);
  await secretStorage.write(userSigning, keys.userSigning, key);
}
