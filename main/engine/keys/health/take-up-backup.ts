import { isChanging } from '../change/plan';
import type { KeysContext } from '../keys-context';
import { cryptoOf, stopUploading } from '../olm-machine';
import { noteSwitchedOff } from '../switch/switched-off';
import type { KeySurvey } from './gather-key-facts';
import { writesBackup } from './key-facts';

/**
 * Lets this device upload to a backup it may write to. The SDK looks for one when it starts and gives
 * up where no answer comes: a start without a connection would leave the upload off for good. Where
 * the person has switched the backup off, on whichever device, uploading ends. So does uploading to a
 * backup that another device has replaced: it is taken up where its successor may be written to.
 *
 * @returns true where uploads go elsewhere now, or nowhere, or somewhere again
 */
export async function takeUpBackup(
  context: KeysContext,
  { backup, facts }: KeySurvey,
): Promise<boolean> {
  const { store, account } = context;
  if (facts.backup === 'unknown' || isChanging(store.crypto.records, account.deviceId))
    return false;
  const crypto = cryptoOf(context.client);
  const active = await crypto.getActiveSessionBackupVersion();
  if (active !== null && active !== backup?.version && !facts.disabledByUser) {
    await crypto.checkKeyBackupAndEnable();
    return (await crypto.getActiveSessionBackupVersion()) !== active;
  }
  if (!writesBackup(facts)) return false;
  noteSwitchedOff(context, facts.disabledByUser);
  if (facts.disabledByUser) {
    if (active === null) return false;
    await stopUploading(context.client);
    return true;
  }
  if (active !== null) return false;
  await crypto.checkKeyBackupAndEnable();
  return (await crypto.getActiveSessionBackupVersion()) !== null;
}
