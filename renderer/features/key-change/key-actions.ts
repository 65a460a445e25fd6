/** Which changes each state of the keys allows; the words are in i18n. */
import type { KeyHealth, KeyState } from '../../../preload/model/keys';

export type KeyAction = 'old_key' | 'new_key' | 'reset_backup' | 'reset_everything' | 'switch_off';

/** A new recovery key takes a device that can read the backup. */
const readable: readonly KeyState[] = ['ready', 'uploading', 'secrets_incomplete'];
/** A new backup takes a recovery key that opens storage, and a verified device. */
const resettable: readonly KeyState[] = ['ready', 'uploading', 'backup_untrusted'];

/** Where nothing is set up there is nothing to set up anew. */
const untouched: readonly KeyState[] = ['unknown', 'needs_setup', 'disabled_by_user'];

/** What uses the backup can stop doing so, and bring into it what an older one held. */
const inUse: readonly KeyState[] = ['ready', 'uploading'];

/** Where key backup is required it can't be switched off; the control says so. */
export const isLocked = (action: KeyAction, { policy }: KeyHealth): boolean =>
  action === 'switch_off' && policy.setupRequired;

/** Least destructive first. */
export function keyActionsFor({ state, backupVersion }: KeyHealth): readonly KeyAction[] {
  const hasBackup = backupVersion !== null;
  return [
    ...(hasBackup && inUse.includes(state) ? (['old_key'] as const) : []),
    ...(hasBackup && readable.includes(state) ? (['new_key'] as const) : []),
    ...(hasBackup && resettable.includes(state) ? (['reset_backup'] as const) : []),
    ...(inUse.includes(state) ? (['switch_off'] as const) : []),
    ...(untouched.includes(state) ? [] : (['reset_everything'] as const)),
  ];
}
