/** Messages that can't be read: why, whether the key may still come, and what to do. */
import type { UndecryptableReason } from '../../../preload/model/undecryptable';
import { grammarOf } from '../language';

const { plural } = grammarOf('en');

export const undecryptable = {
  preview: 'Encrypted message',
  reasons: {
    key_missing:
      'The key for this message has not arrived on this device. It may still come; Holdfast keeps trying.',
    shared_from_later:
      'This device was given the key for later messages only. If another of your devices has all of it, it comes through your key backup.',
    not_in_backup:
      'This message is older than this device, and its key is not in your key backup yet. If another of your devices can read it, open Holdfast there for a while.',
    key_in_backup:
      'The key for this message is in your key backup. Restore with your recovery key to read it.',
    backup_not_set_up:
      'This message is older than this device, and there was no key backup. If another of your devices can read it, export the keys to a file there and import them here.',
    sent_before_joining:
      'This message was sent before you joined, and its key was not shared with you.',
    history_not_shared:
      'This message is from before you joined, and the person who invited you did not pass on earlier keys.',
    withheld_unverified:
      'This message was sent to verified devices only. Verify this device: the next ones arrive then, and this one too if another of your devices has it.',
    withheld_blocked: 'The key for this message was not sent to this device.',
    withheld_no_channel:
      'When this message was sent, no secure connection to this device could be made. The next ones should arrive; this one may still come from another of your devices.',
    withheld_unavailable:
      'The device that was asked for the key of this message does not have it. Another one may; Holdfast keeps trying.',
    sender_identity_changed:
      'The sender’s identity has changed since it was verified, so this message is held back. Verify the sender again.',
    sender_unverified_device:
      'This message comes from a device its owner has not confirmed, so it is held back until they do.',
    damaged: 'This message arrived damaged and can’t be decrypted.',
    still_decrypting: 'This message is being decrypted.',
    other: 'This message could not be decrypted. Holdfast tries again when new keys arrive.',
  },
  /** The same, said once for several messages. */
  reasonsOfSeveral: {
    key_missing:
      'The keys for these messages have not arrived on this device. They may still come; Holdfast keeps trying.',
    shared_from_later:
      'This device was given keys for later messages only. If another of your devices has all of them, they come through your key backup.',
    not_in_backup:
      'These messages are older than this device, and their keys are not in your key backup yet. If another of your devices can read them, open Holdfast there for a while.',
    key_in_backup:
      'The keys for these messages are in your key backup. Restore with your recovery key to read them.',
    backup_not_set_up:
      'These messages are older than this device, and there was no key backup. If another of your devices can read them, export the keys to a file there and import them here.',
    sent_before_joining:
      'These messages were sent before you joined, and their keys were not shared with you.',
    history_not_shared:
      'These messages are from before you joined, and the person who invited you did not pass on earlier keys.',
    withheld_unverified:
      'These messages were sent to verified devices only. Verify this device: the next ones arrive then, and these too if another of your devices has them.',
    withheld_blocked: 'The keys for these messages were not sent to this device.',
    withheld_no_channel:
      'When these messages were sent, no secure connection to this device could be made. The next ones should arrive; these may still come from another of your devices.',
    withheld_unavailable:
      'The device that was asked for the keys of these messages does not have them. Another one may; Holdfast keeps trying.',
    sender_identity_changed:
      'The sender’s identity has changed since it was verified, so these messages are held back. Verify the sender again.',
    sender_unverified_device:
      'These messages come from a device its owner has not confirmed, so they are held back until they do.',
    damaged: 'These messages arrived damaged and can’t be decrypted.',
    still_decrypting: 'These messages are being decrypted.',
    other: 'These messages could not be decrypted. Holdfast tries again when new keys arrive.',
  } satisfies Record<UndecryptableReason, string>,
  actions: {
    restore: 'Restore keys',
    import_keys: 'Import a key file',
    verify_device: 'Verify this device',
    verify_sender: (name: string) => `Verify ${name}`,
    look_again: 'Look again now',
  },
  looking: 'Asking your key backup…',
  chances: {
    by_itself: 'May still arrive by itself',
    by_you: 'You can do something about it',
    none: 'Will not arrive on this device',
  },
  notice: (count: number) =>
    plural(count, {
      one: '# message shown here can’t be read',
      other: '# messages shown here can’t be read',
    }),
  why: 'Why?',
  listTitle: 'Messages that can’t be read',
  listLead: (room: string) =>
    `Among the messages loaded in ${room}. Scroll up in the room to load earlier ones.`,
  at: (name: string, count: number, time: string) =>
    count === 1
      ? `${name} · ${time}`
      : `${name} · ${plural(count, { one: '# message', other: '# messages' })} · ${time}`,
  more: (count: number) => plural(count, { one: 'and # more', other: 'and # more' }),
  allReadable: 'All messages loaded here can be read now.',
};
