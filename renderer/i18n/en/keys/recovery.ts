import { grammarOf } from '../../language';

const { number, plural } = grammarOf('en');

const keysOf = (count: number): string => plural(count, { one: 'one key', other: '# keys' });

/** Restoring from the key backup. */
export const recovery = {
  restore: {
    title: 'Unlock your messages',
    lead: 'Your account has a key backup. Enter your recovery key or your security phrase, and this device can read your earlier messages.',
    leadKeyOnly:
      'Your account has a key backup. Enter your recovery key, and this device can read your earlier messages.',
    entry: 'Recovery key or security phrase',
    entryKeyOnly: 'Recovery key',
    entryHint: 'Not your account password. Spaces and line breaks in a key do not matter.',
    empty: 'Please enter your recovery key or your security phrase.',
    emptyKeyOnly: 'Please enter your recovery key.',
    looksLikeKey: (entered: number) => `Recovery key: ${number(entered)} of 48 characters`,
    keyComplete: 'Recovery key: complete and free of typing mistakes',
    impossible: (groups: readonly number[]) =>
      `Please look at ${groups.length === 1 ? 'group' : 'groups'} ${groups.map(number).join(', ')}: the characters 0, O, I and l never occur in a recovery key.`,
    mistyped: 'All 48 characters are there, but there is a typing mistake in one of them.',
    tooLong: 'That is longer than a recovery key: 48 characters in 12 groups of four.',
    switchesOn:
      'Key backup is switched off for your account. Entering key or phrase switches it on again, for all your devices.',
    submit: 'Unlock',
    or: 'or',
    choose: 'Choose a file or photo',
    drop: 'The saved text file or PDF, or a picture of the printed sheet. You can also drop it here.',
    dropHere: 'Drop the file here',
    dropTooLarge: 'This file is too large to be a saved recovery key.',
    without: 'I don’t have my key',
    later: 'Not now',
    checking: 'Checking',
    restoringTitle: 'Your messages are being unlocked',
    restoringLead: 'The most recent rooms come first. You can go on working in the meantime.',
    progress: 'Keys restored',
    progressOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    timeLeft: (duration: string) => `About ${duration} left`,
    background: 'Continue in the background',
    pause: 'Pause',
    goOn: 'Go on',
    pausedTitle: 'Restoring is paused',
    pausedLead: 'It goes on when you say so, even after a restart. What is here already stays.',
    interruptedTitle: 'Restoring was interrupted',
    interrupted: (done: number, total: number) =>
      `${number(done)} of ${keysOf(total)} are here already. Restoring continues where it stopped.`,
    resume: 'Go on restoring',
    doneTitle: 'Your messages are readable',
    doneLead: (imported: number) =>
      imported === 0
        ? 'The backup is open; it held no keys that were missing here.'
        : plural(imported, {
            one: 'One key has been restored to this device.',
            other: '# keys have been restored to this device.',
          }),
    gapsTitle: 'Your messages are readable, with gaps',
    nothingTitle: 'The backup could not be read',
    nothing: 'It is open, but none of its keys could be brought here.',
    doneBackup: 'From now on this device adds its keys to the backup by itself.',
    failedTitle: (count: number) =>
      plural(count, {
        one: 'One key in the backup could not be read',
        other: '# keys in the backup could not be read',
      }),
    failed:
      'Messages that need them stay locked here. If another device still reads them, keep it signed in.',
    failedKeys: (count: number) => plural(count, { one: 'one key', other: '# keys' }),
    moreRooms: (count: number) => `Show all ${number(count)} rooms`,
    leftRoom: 'A room you have left',
    finish: 'To my messages',
    close: 'Close',
  },
  skipRestore: {
    title: 'Leave earlier messages locked?',
    lead: 'You can read what is written from now on. Everything before stays locked on this device.',
    nothingLost: 'Nothing gets lost: the backup stays on your server.',
    anytime: 'You can enter your recovery key or phrase at any time; Holdfast will remind you.',
    notAdded:
      'Until then, this device can’t add its new keys to the backup. If it is lost, they are lost too.',
    unlock: 'Unlock now',
    skip: 'Leave locked for now',
  },
  without: {
    title: 'If you don’t have your recovery key',
    lead: 'Take your time: nothing is deleted by waiting. One of these often helps.',
    lookTitle: 'Look once more',
    look: 'Look for a file whose name begins with “Recovery key”: in your documents, on a USB stick, in your password manager. Or for a printed sheet with twelve groups of four characters. Other apps call it “security key”.',
    deviceTitle: 'Is another device still signed in?',
    device:
      'Then your keys are there. Do not sign out on it. Verify this device with it, and your keys come here by themselves. Afterwards, make a new recovery key there.',
    deskTitle: 'Ask your help desk',
    desk: 'They can’t open the backup: nobody can without your key. But they can tell you which of your devices are still signed in.',
    lostTitle: 'What stays locked',
    lost: 'Without key, phrase or another device, messages written before today can’t be read on this device. They stay on the server, encrypted, and open as soon as the key turns up. New messages are not affected.',
    back: 'Enter key or phrase',
    later: 'Not now',
  },
  background: {
    restoring: 'Your earlier messages are being unlocked',
    interrupted: 'Restoring your earlier messages was interrupted.',
    paused: 'Restoring your earlier messages is paused.',
    open: 'Show',
    resume: 'Go on',
  },
};
