/** How each state of the keys looks and which way out it has; the words are in i18n. */
import type { KeyHealth, KeyState } from '../../../preload/model/keys';

export type KeyLight = 'good' | 'attention' | 'danger' | 'unknown';

/** The least destructive repair; null where waiting, or a person's help, is all that is right. */
export type KeyRepair = 'setup' | 'restore' | null;

export interface KeyOutlook {
  readonly light: KeyLight;
  readonly repair: KeyRepair;
}

export const keyOutlooks: Readonly<Record<KeyState, KeyOutlook>> = {
  unknown: { light: 'unknown', repair: null },
  ready: { light: 'good', repair: null },
  uploading: { light: 'good', repair: null },
  needs_setup: { light: 'danger', repair: 'setup' },
  disabled_by_user: { light: 'danger', repair: 'setup' },
  reset_required: { light: 'danger', repair: null },
  needs_restore: { light: 'attention', repair: 'restore' },
  needs_verification: { light: 'attention', repair: 'restore' },
  backup_changed: { light: 'attention', repair: 'restore' },
  backup_untrusted: { light: 'attention', repair: 'restore' },
  secrets_incomplete: { light: 'attention', repair: 'restore' },
};

/**
 * The way out of the state the keys are in. A backup that was switched off left its secret storage
 * behind where a phrase is still known: that is opened again, and nothing is set up over it.
 */
export function repairFor({ state, phraseKnown }: KeyHealth): KeyRepair {
  return state === 'disabled_by_user' && phraseKnown ? 'restore' : keyOutlooks[state].repair;
}
