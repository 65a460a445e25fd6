/** Which changes each state of the keys allows; the words are in i18n. */
import type { KeyHealth, KeyState } from '../../../preload/model/keys';

/** Least destructive first. */
export type KeyAction = 'new_key';

/** A new recovery key takes a device that can read the backup. */
const readable: readonly KeyState[] = ['ready', 'uploading', 'secrets_incomplete'];

export function keyActionsFor({ state, backupVersion }: KeyHealth): readonly KeyAction[] {
  return readable.includes(state) && backupVersion !== null ? ['new_key'] : [];
}
