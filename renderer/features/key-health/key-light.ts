/** How each state of the keys looks; the words are in i18n. */
import type { KeyState } from '../../../preload/model/keys';

export type KeyLight = 'good' | 'attention' | 'danger' | 'unknown';

export const keyLights: Readonly<Record<KeyState, KeyLight>> = {
  unknown: 'unknown',
  ready: 'good',
  uploading: 'good',
  needs_setup: 'danger',
  disabled_by_user: 'danger',
  reset_required: 'danger',
  needs_restore: 'attention',
  needs_verification: 'attention',
  backup_changed: 'attention',
  backup_untrusted: 'attention',
  secrets_incomplete: 'attention',
};
