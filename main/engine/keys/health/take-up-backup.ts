import { isChanging } from '../change/plan';
import type { KeysContext } from '../keys-context';
import { cryptoOf, stopUploading } from '../olm-machine';
import { isSwitchedOff, noteSwitchedOff } from '../switch/switched-off';
import type { FreeTime } from '../one-turn';
import type { KeySurvey } from './gather-key-facts';
import { writesBackup } from './key-facts';

/**
 * Lets this device upload to a backup it may write to. The SDK looks for one when it starts and gives
 * up where no answer comes: a start without a connection would leave the upload off for good. Where
 * the person has switched the backup off, on whichever device, uploading ends. So does uploading to a
 * backup that another device has replaced: it is taken up where its successor may be written to.
 *
 * A survey that began before or within somebody's work on the keys may have seen what that work has
 * changed since: then nothing is done.
 *
 * @param seen when the survey began
 * @param left called where something was to be done and was not, once nobody works on the keys
 * @returns true where uploads go elsewhere now, or nowhere, or somewhere again
 */
export async function takeUpBackup(
  context: KeysContext,
  survey: KeySurvey,
  seen: FreeTime,
  left: () => void,
): Promise<boolean> {
  const step = await stepAfter(context, survey);
  if (step === null) return false;
  return (await context.turn.ifFreeSince(seen, step, left)) ?? false;
}

/** What is to be done; null where all is as it should be. */
async function stepAfter(
  context: KeysContext,
  { backup, facts }: KeySurvey,
): Promise<(() => Promise<boolean>) | null> {
  const { store, account, client } = context;
  if (facts.backup === 'unknown' || isChanging(store.crypto.records, account.deviceId)) return null;
  const crypto = cryptoOf(client);
  const active = await crypto.getActiveSessionBackupVersion();
  const lookForBackup = async (): Promise<boolean> => {
    await crypto.checkKeyBackupAndEnable();
    return (await crypto.getActiveSessionBackupVersion()) !== active;
  };
  const { disabledByUser } = facts;
  if (active !== null && active !== backup?.version && !disabledByUser) return lookForBackup;
  const isAsWanted = disabledByUser === (active === null);
  if (!writesBackup(facts) || (isAsWanted && isSwitchedOff(context) === disabledByUser))
    return null;
  return async () => {
    noteSwitchedOff(context, disabledByUser);
    if (isAsWanted) return false;
    if (!disabledByUser) return lookForBackup();
    await stopUploading(client);
    return true;
  };
}
