/** The room list, a room's timeline and the composer. */
import { grammarOf } from '../language';

const { plural } = grammarOf('en');

export const rooms = {
  list: 'Rooms',
  filter: 'Find a room',
  /** Of a keyboard without a command key. */
  shortcut: 'Ctrl + K',
  noMatch: 'No room by that name',
  noMatchBody: 'Only rooms you are in are searched.',
  empty: 'No rooms yet',
  emptyBody: 'As soon as someone invites you, the room appears here.',
  chooseTitle: 'Choose a room',
  chooseBody:
    'Your conversations are on the left. When you open one, the shield at the top shows whether it is encrypted.',
  backToList: 'Back to the rooms',
  you: 'You',
  unread: (count: number) => plural(count, { one: '# unread message', other: '# unread messages' }),
  highlights: (count: number) =>
    plural(count, { one: '# mention of you', other: '# mentions of you' }),
  invitation: 'Invitation',
  invitedTitle: (room: string) => `You are invited to ${room}`,
  invitedBody: 'Accept to read and write here. Nobody sees what you do until then.',
  accept: 'Accept',
  decline: 'Decline',
  encrypted: 'End-to-end encrypted',
  notEncrypted: 'Not encrypted',
  encryptedExplained: 'Only the people in this room can read what is written here.',
  notEncryptedExplained:
    'Messages here are not end-to-end encrypted; the server’s administrators can read them.',
  attachment: {
    image: (name: string) => `Picture: ${name}`,
    video: (name: string) => `Video: ${name}`,
    audio: (name: string) => `Audio: ${name}`,
    file: (name: string) => `File: ${name}`,
  },
  attachmentLater: 'Holdfast can’t open attachments yet.',
  redacted: 'Message deleted',
  unsupported: 'A kind of message Holdfast can’t show yet',
  shield: {
    encrypted: 'Encrypted. Only the people in this room can read it.',
    unverified_sender: 'Encrypted, by a person whose identity you have not verified.',
    unknown_device: 'Encrypted, by a device its owner has not confirmed or has deleted.',
    authenticity_not_guaranteed:
      'Encrypted. Its key came from a backup or a file, so its author can’t be proven.',
    not_encrypted: 'Not encrypted, in a room that is.',
  },
  timeline: {
    label: (room: string) => `Messages in ${room}`,
    start: 'This is the beginning of the conversation.',
    loadingOlder: 'Loading earlier messages',
    newest: 'To the newest message',
    newMessages: (count: number) =>
      plural(count, { one: '# new message', other: '# new messages' }),
    firstUnread: 'New',
    nothing: 'Nothing has been written here yet',
    sending: 'Sending',
    failed: 'Not sent',
    heldBack: {
      identity_changed:
        'Somebody’s identity in this conversation has changed. Have a look above the message field, then send again.',
      policy_required: 'Your organisation requires key backup first. Set it up, then send again.',
      verify_own_first: 'Verify this device first, then send again.',
    },
    retry: 'Send again',
    discard: 'Discard',
    sent: 'Sent',
  },
  change: {
    joined: (who: string) => `${who} joined`,
    left: (who: string) => `${who} left`,
    invited: (who: string) => `${who} was invited`,
    removed: (who: string) => `${who} was removed`,
    banned: (who: string) => `${who} was banned`,
    room_created: 'The room was created',
    encryption_enabled: 'Messages here are end-to-end encrypted from now on',
    room_named: (name: string) => `The room is now called “${name}”`,
  },
  composer: {
    label: (room: string) => `Message to ${room}`,
    encrypted: 'Encrypted message',
    plain: 'Message (not encrypted)',
    send: 'Send',
    tooLong: (count: number) =>
      plural(count, { one: '# character too many', other: '# characters too many' }),
    hint: 'Enter sends, Shift + Enter starts a new line',
  },
};
