/**
 * The crypto library notes of each key that it was uploaded, but not where to. A device that starts
 * with another backup than it ended with would take its keys for uploaded, and so would one whose
 * keys somebody deleted from the server: both would say that nothing waits (I3).
 */
import type { KeysContext } from '../keys-context';
import { cryptoOf, olmMachineOf } from '../olm-machine';

/** From now on keys count as uploaded to that backup; where they were to another one, none does. */
export async function countUploadsTo(
  { client, uploadedTo, knownBackup }: KeysContext,
  version: string,
): Promise<void> {
  const before = uploadedTo.version ?? knownBackup.version;
  if (before !== null && before !== version) await olmMachineOf(client).disableBackup();
  uploadedTo.remember(version);
}

/**
 * Lets every key of this device be uploaded once more to the backup in use, which is that one. While
 * the keys are being worked on it is put off, and this resolves at once.
 */
export function uploadAllAgain(
  { client, uploadedTo, turn }: KeysContext,
  version: string,
): Promise<void> {
  const crypto = cryptoOf(client);
  return turn.byItself('upload again', async () => {
    // Put off, it may come when another backup has taken the place of that one.
    if ((await crypto.getActiveSessionBackupVersion()) !== version) return;
    await olmMachineOf(client).disableBackup();
    uploadedTo.remember(version);
    // The first answer may be that of a check begun before.
    for (let attempt = 0; attempt < 2; attempt += 1) {
      await crypto.checkKeyBackupAndEnable();
      if ((await crypto.getActiveSessionBackupVersion()) === version) return;
    }
  });
}

/** Whether the keys count as uploaded to another backup than that one, which is in use. */
export function countsForAnother(
  { uploadedTo, knownBackup }: Pick<KeysContext, 'uploadedTo' | 'knownBackup'>,
  version: string,
): boolean {
  const counted = uploadedTo.version ?? knownBackup.version;
  return counted !== null && counted !== version;
}
