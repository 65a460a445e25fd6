import { isChanging } from '../change/plan';
import type { KeysContext } from '../keys-context';
import { cryptoOf, stopUploading } from '../olm-machine';
import { noteSwitchedOff } from '../switch/switched-off';
import type { KeySurvey } from './gather-key-facts';

/**
 * Lets this device upload to a backup it may write to. The SDK looks for one when it starts and gives
 * up where no answer comes: a start without a connection would leave the upload off for good. Where
 * the person has switched the backup off, on whichever device, uploading ends.
 *
 * @returns true where uploading was off and is on now, or the other way round
 */
export async function takeUpBackup(
  context: KeysContext,
  { backup, facts }: KeySurvey,
): Promise<boolean> {
  if (backup === null || facts.backupTrust === 'untrusted') return false;
  const { store, account } = context;
  if (isChanging(store.crypto.records, account.deviceId)) return false;
  const crypto = cryptoOf(context.client);
  noteSwitchedOff(context, facts.disabledByUser);
  if (facts.disabledByUser) {
    if ((await crypto.getActiveSessionBackupVersion()) === null) return false;
    await stopUploading(context.client);
    return true;
  }
  if ((await crypto.getActiveSessionBackupVersion()) !== null) return false;
  await crypto.checkKeyBackupAndEnable();
  return (await crypto.getActiveSessionBackupVersion()) !== null;
}
