/** What may become of a message that can't be read, and what its reader can do. */
import type { UndecryptableReason } from '../model/undecryptable';

/** Who can still bring the key: time, the reader, or nobody. */
export type Chance = 'by_itself' | 'by_you' | 'none';

/** The one thing to do about it. */
export type UndecryptableAction =
  'restore' | 'import_keys' | 'verify_device' | 'verify_sender' | 'look_again';

export interface Prospect {
  readonly chance: Chance;
  /** Null where there is nothing the reader could do. */
  readonly action: UndecryptableAction | null;
}

export const prospects: Readonly<Record<UndecryptableReason, Prospect>> = {
  key_missing: { chance: 'by_itself', action: 'look_again' },
  shared_from_later: { chance: 'by_itself', action: 'look_again' },
  not_in_backup: { chance: 'by_itself', action: 'look_again' },
  key_in_backup: { chance: 'by_you', action: 'restore' },
  backup_not_set_up: { chance: 'by_you', action: 'import_keys' },
  sent_before_joining: { chance: 'none', action: null },
  history_not_shared: { chance: 'none', action: null },
  withheld_unverified: { chance: 'by_you', action: 'verify_device' },
  withheld_blocked: { chance: 'none', action: null },
  withheld_no_channel: { chance: 'by_itself', action: 'look_again' },
  withheld_unavailable: { chance: 'by_itself', action: 'look_again' },
  sender_identity_changed: { chance: 'by_you', action: 'verify_sender' },
  sender_unverified_device: { chance: 'by_itself', action: null },
  damaged: { chance: 'none', action: null },
  still_decrypting: { chance: 'by_itself', action: null },
  other: { chance: 'by_itself', action: 'look_again' },
};
