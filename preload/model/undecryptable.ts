/** Why a message can't be read; what may become of it stands in rules/undecryptable.ts. */
export type UndecryptableReason =
  | 'key_missing'
  | 'shared_from_later'
  | 'not_in_backup'
  | 'key_in_backup'
  | 'backup_not_set_up'
  | 'sent_before_joining'
  | 'history_not_shared'
  | 'withheld_unverified'
  | 'withheld_blocked'
  | 'withheld_no_channel'
  | 'withheld_unavailable'
  | 'sender_identity_changed'
  | 'sender_unverified_device'
  | 'damaged'
  | 'still_decrypting'
  | 'other';
