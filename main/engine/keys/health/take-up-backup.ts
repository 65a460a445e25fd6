import type { KeysContext } from '../keys-context';
import { cryptoOf } from '../olm-machine';
import type { KeySurvey } from './gather-key-facts';

/**
 * Lets this device upload to a backup it may write to. The SDK looks for one when it starts and gives
 * up where no answer comes: a start without a connection would leave the upload off for good.
 *
 * @returns true where uploading was off and is on now
 */
export async function takeUpBackup(
  { client }: KeysContext,
  { backup, facts }: KeySurvey,
): Promise<boolean> {
  if (backup === null || facts.backupTrust === 'untrusted') return false;
  const crypto = cryptoOf(client);
  if ((await crypto.getActiveSessionBackupVersion()) !== null) return false;
  await crypto.checkKeyBackupAndEnable();
  return (await crypto.getActiveSessionBackupVersion()) !== null;
}
