import type { KeyState } from '../../../preload/model/keys';
import type { PhraseWeakness } from '../../../preload/rules/phrase-strength';
import { grammarOf } from '../language';

const { number, plural } = grammarOf('en');

const rooms = (count: number): string =>
  plural(count, { one: 'one encrypted room', other: '# encrypted rooms' });
const keysOf = (count: number): string => plural(count, { one: 'one key', other: '# keys' });

/** Key backup, restoring, reminder and sign-out. */
export const keys = {
  setup: {
    stepsLabel: 'Setting up key backup',
    steps: ['Choose', 'Keep', 'Check', 'Secure'] as readonly string[],
    title: 'Keep your messages readable',
    lead: 'Only your own devices hold the keys to your encrypted messages. With key backup you can read everything on a new device too, even if this one is lost.',
    question: 'How do you want to open the backup?',
    key: 'With a recovery key',
    keyBadge: 'Recommended',
    keyDescription: 'Holdfast makes a strong key of 48 characters. You save it and print it.',
    phrase: 'With a security phrase',
    phraseDescription:
      'You choose words that you remember. You also get a recovery key, for the day you forget them.',
    sealed: 'Your server keeps the backup, but cannot open it.',
    required: 'Your institution requires key backup, so this step can’t be skipped.',
    skip: 'Skip for now',
    begin: 'Set up key backup',
  },
  phrase: {
    title: 'Choose a security phrase',
    lead: 'Four or more words that do not belong together are easy to remember and hard to guess. Do not use your account password.',
    entry: 'Security phrase',
    repeated: 'The same phrase again',
    strength: 'Strength',
    words: [
      'Very easy to guess',
      'Easy to guess',
      'Not strong enough yet',
      'Strong',
      'Very strong',
    ] as readonly string[],
    empty: 'Nothing entered yet',
    tooWeak: 'This phrase is not strong enough yet. Add a word or two.',
    matches: 'Both entries match.',
    emptyError: 'Please enter a phrase.',
    repeatError: 'Please enter the phrase a second time.',
    weaknessesLabel: 'What makes it weak',
    weaknesses: {
      too_short: 'It is short.',
      common_password: 'It contains a password that many people use; these are tried first.',
      common_words: 'It is made of few common words. Add more that do not belong together.',
      names: 'Names are easy to guess.',
      personal: 'It contains your name, your server or your user name.',
      keyboard_pattern: 'These keys lie side by side on the keyboard.',
      repetition: 'Parts of it repeat.',
      sequence: 'Sequences such as “abc” or “123” are easy to guess.',
      date: 'Dates and years are easy to guess.',
    } satisfies Record<PhraseWeakness, string>,
  },
  present: {
    title: 'Your recovery key',
    lead: 'Keep it in two places: as a file and on paper. Whoever has it can read your messages; without it nobody can bring them back, not even your server.',
    label: 'Recovery key',
    notYet: 'Not done yet',
    save: 'Save as text file',
    saved: (fileName: string | null) => (fileName === null ? 'Saved' : `Saved as ${fileName}`),
    print: 'Print recovery sheet',
    printed: 'Handed to the printer',
    bothNote: 'Do both: files get lost with computers, paper gets lost in moves.',
    more: 'Other ways',
    pdf: 'Save as PDF',
    pdfSaved: 'PDF saved',
    copy: 'Copy',
    copied: 'Copied. Holdfast clears the clipboard after a minute.',
    where: 'Where to keep it',
    good: 'Good places: a password manager, an encrypted USB stick, a drawer that locks.',
    bad: 'Bad places: only on this computer, your mailbox, a photo, the laptop bag.',
    next: 'I have kept it',
  },
  prove: {
    title: 'Check your copy',
    lead: 'The key is hidden now. Take your file or your printed sheet to hand and show that it works.',
    ways: 'How do you want to check?',
    byGroups: 'Type three groups',
    byFile: 'Choose the file',
    byPhrase: 'Enter the phrase',
    groupsHint: 'The groups are numbered from 1 to 12, line by line.',
    group: (group: number) => `Group ${number(group)}`,
    fileHint: 'Choose the text file you have just saved. Holdfast compares it with your key.',
    chooseFile: 'Choose the text file',
    phraseHint: 'Enter your security phrase once more, from memory.',
    phrase: 'Security phrase',
    check: 'Check',
    show: 'Show the key again',
    groupIncomplete: 'A group has four characters.',
    groupImpossible: '0, O, I and l never occur in a recovery key.',
    groupDiffers: 'This differs from your key. Compare with your copy.',
    fileDiffers: 'This file does not contain your new key. Perhaps it is an older one?',
    phraseDiffers: 'This is not the phrase you chose. Mind capitals and spaces.',
  },
  secure: {
    title: 'Your keys are being secured',
    lead: 'This takes a few seconds. Please leave Holdfast open.',
    identity: 'Your identity, so that your devices recognise each other',
    secret_storage: 'Secret storage, opened only by your recovery key',
    backup: 'Key backup on your server',
    uploading: 'Uploading your keys',
    remaining: (count: number) => plural(count, { one: 'One key to go', other: '# keys to go' }),
    failed: 'That did not work yet',
    kept: 'Nothing is lost: what is done stays done, and your recovery key stays the same.',
    password: 'Account password',
    passwordHint: 'The server wants to be sure that it is you.',
    passwordMissing: 'Please enter your account password.',
    confirm: 'Confirm',
    later: 'Continue in the background',
  },
  done: {
    title: 'Your keys are safe',
    lead: (count: number | null) =>
      count === null || count === 0
        ? 'Every key this device receives from now on is added to the backup.'
        : plural(count, {
            one: 'One key is in the backup. Every new one is added by itself.',
            other: '# keys are in the backup. Every new one is added by itself.',
          }),
    newDevice: 'On a new device, sign in and enter your recovery key. Everything becomes readable.',
    newDevicePhrase:
      'On a new device, sign in and enter your security phrase. Everything becomes readable.',
    keep: 'Keep the file and the printed sheet where you will find them in two years.',
    finish: 'To my messages',
  },
  skip: {
    title: 'Without key backup, this gets lost',
    lead: 'As long as there is no backup, the keys to your messages are on this device alone.',
    device: (count: number) =>
      count === 0
        ? 'If this device is lost or breaks, nobody can ever read your encrypted messages again.'
        : `If this device is lost or breaks, nobody can ever read the history of ${rooms(count)} again.`,
    signOut: 'If you sign out, the same happens at once.',
    newDevice: 'On a new device, everything written before stays locked.',
    nobody: 'Neither your server nor your help desk can bring it back.',
    reminder: 'Holdfast will remind you. It takes two minutes, at any time.',
    setUp: 'Set up key backup',
    skip: 'Skip anyway',
  },
  reminder: {
    setUpTitle: 'Your keys are on this device alone',
    setUp: (count: number) =>
      count === 0
        ? 'Set up key backup, so that your encrypted messages survive the loss of this device.'
        : `Set up key backup, so that the history of ${rooms(count)} survives the loss of this device.`,
    setUpAction: 'Set up',
    restoreTitle: 'Older messages are still locked',
    restore: 'Enter your recovery key or security phrase to read them on this device.',
    restoreAction: 'Unlock',
    healthTitle: 'Your key backup needs a look',
    healthAction: 'Unlock',
    later: 'Later',
  },
  restore: {
    title: 'Unlock your messages',
    lead: 'Your account has a key backup. Enter your recovery key or your security phrase, and this device can read your earlier messages.',
    leadKeyOnly:
      'Your account has a key backup. Enter your recovery key, and this device can read your earlier messages.',
    entry: 'Recovery key or security phrase',
    entryKeyOnly: 'Recovery key',
    entryHint: 'Not your account password. Spaces and line breaks in a key do not matter.',
    empty: 'Please enter your recovery key or your security phrase.',
    looksLikeKey: (entered: number) => `Recovery key: ${number(entered)} of 48 characters`,
    keyComplete: 'Recovery key: complete and free of typing mistakes',
    impossible: (groups: readonly number[]) =>
      `Please look at ${groups.length === 1 ? 'group' : 'groups'} ${groups.map(number).join(', ')}: the characters 0, O, I and l never occur in a recovery key.`,
    mistyped: 'All 48 characters are there, but there is a typing mistake in one of them.',
    tooLong: 'That is longer than a recovery key: 48 characters in 12 groups of four.',
    submit: 'Unlock',
    or: 'or',
    choose: 'Choose the saved text file',
    drop: 'You can also drop the file here.',
    dropHere: 'Drop the text file here',
    dropTooLarge: 'This file is too large to be a saved recovery key.',
    without: 'I don’t have it',
    later: 'Not now',
    checking: 'Checking',
    restoringTitle: 'Your messages are being unlocked',
    restoringLead: 'The most recent rooms come first. You can go on working in the meantime.',
    progress: 'Keys restored',
    progressOf: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    timeLeft: (duration: string) => `About ${duration} left`,
    background: 'Continue in the background',
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
    doneBackup: 'From now on this device adds its keys to the backup by itself.',
    failedTitle: (count: number) =>
      plural(count, {
        one: 'One key in the backup could not be read',
        other: '# keys in the backup could not be read',
      }),
    failed:
      'Messages that need them stay locked here. If another device still reads them, keep it signed in.',
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
    title: 'If you don’t have it',
    lead: 'Take your time: nothing is deleted by waiting. One of these often helps.',
    lookTitle: 'Look once more',
    look: 'For a file whose name begins with “Recovery key”, in your documents, on a USB stick or in your password manager; for a printed sheet with twelve groups of four characters. Another app may call it “security key”.',
    deviceTitle: 'Is another device still signed in?',
    device:
      'Then your keys are there. Do not sign out on it. In its security settings, make a new recovery key; then enter the new one here.',
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
    open: 'Show',
    resume: 'Go on',
  },
  signOut: {
    checkingTitle: 'Signing out',
    checking: 'Checking whether all your keys are in the backup',
    safeTitle: 'Sign out of this device?',
    safe: 'All your keys are in the backup. Next time, you only need your recovery key or your security phrase to read everything again.',
    signOut: 'Sign out',
    pendingTitle: (count: number) =>
      plural(count, {
        one: 'One key is not backed up yet',
        other: '# keys are not backed up yet',
      }),
    pending:
      'Messages that need them could not be read any more after you sign out. It usually takes only a few seconds to back them up.',
    pendingOffline:
      'There is no connection at the moment. The backup goes on as soon as it is back.',
    progress: 'Backing up',
    remaining: (count: number) => plural(count, { one: 'One key to go', other: '# keys to go' }),
    wait: 'Wait, then sign out',
    waiting: 'You will be signed out as soon as the last key is safe.',
    stopWaiting: 'Stay signed in',
    noBackupTitle: 'Your keys are on this device alone',
    noBackup: (roomCount: number, pending: number | null) => {
      const removed = pending !== null && pending > 0 ? keysOf(pending) : 'them';
      return roomCount === 0
        ? `Signing out removes ${removed}. Nobody could read the messages they open any more.`
        : `Signing out removes ${removed}. Nobody could read the history of ${rooms(roomCount)} any more.`;
    },
    setUp: 'Set up key backup',
    lockedTitle: 'This device is not part of the key backup yet',
    locked: (pending: number | null) =>
      `${pending !== null && pending > 0 ? `Not in the backup yet: ${keysOf(pending)}.` : 'Some keys may not be in the backup yet.'} After signing out they would be gone. Enter your recovery key or security phrase first, so that this device can add them.`,
    stuckTitle: 'Your keys can’t be backed up at the moment',
    stuck: (pending: number | null) =>
      `${pending !== null && pending > 0 ? `Found only on this device: ${keysOf(pending)}.` : 'Some keys may be found only on this device.'} After signing out they would be gone. Stay signed in, or export them to a file, and ask your help desk.`,
    uploadedTitle: 'All keys are backed up',
    unlock: 'Enter key or phrase',
    unknownTitle: 'Holdfast can’t tell whether your keys are safe',
    unknown:
      'The server can’t be reached at the moment, so it is not certain that all keys are in the backup. Please wait until the connection is back.',
    again: 'Check again',
    export: 'Export keys to a file',
    anyway: 'Sign out anyway',
    confirmTitle: 'Sign out and lose messages?',
    confirm: (roomCount: number, pending: number | null) => {
      const where =
        roomCount === 0 ? 'the messages they open' : `messages in up to ${rooms(roomCount)}`;
      if (pending !== null && pending > 0) {
        return `What is lost: ${keysOf(pending)} found only on this device, and with that ${where}.`;
      }
      return roomCount === 0
        ? 'What is lost: the keys on this device, and with them every encrypted message they open.'
        : `What is lost: the keys on this device, and with them the history of ${rooms(roomCount)}.`;
    },
    confirmForever: 'Nobody can bring them back later, neither your server nor your help desk.',
    exported: (fileName: string) =>
      `You have exported your keys to ${fileName}. Keep the file and its passphrase: together they are your only copy.`,
    accept: 'I understand that I will not be able to read these messages any more.',
    confirmAction: 'Sign out and lose messages',
    back: 'Back',
  },
  export: {
    title: 'Export keys to a file',
    lead: 'The file holds every key of this device, locked with a passphrase that you choose now. Matrix apps can import it.',
    passphrase: 'Passphrase for the file',
    passphraseHint: 'At least 12 characters. Without it the file can’t be opened.',
    repeated: 'The same passphrase again',
    empty: 'Please enter a passphrase.',
    mismatch: 'The two entries differ.',
    submit: 'Choose place and export',
    done: (count: number, fileName: string) =>
      `${plural(count, { one: 'One key', other: '# keys' })} exported to ${fileName}.`,
  },
  quit: {
    pendingTitle: (count: number) =>
      plural(count, {
        one: 'One key is not backed up yet',
        other: '# keys are not backed up yet',
      }),
    pending:
      'They stay on this device and are backed up the next time Holdfast is open. Only if this device is lost before then would they be lost.',
    noBackupTitle: 'Your keys are on this device alone',
    noBackup: (pending: number | null) =>
      `Closing does not sign you out: ${pending !== null && pending > 0 ? keysOf(pending) : 'your keys'} stay on this device. But if it is lost, your encrypted messages are lost too.`,
    unsureTitle: 'Your keys may not be backed up',
    unsure:
      'Closing does not sign you out: the keys stay on this device, and Holdfast checks again the next time it is open.',
    uploadedTitle: 'All keys are backed up',
    uploaded: 'You can quit now; nothing is left to do.',
    wait: 'Wait, then quit',
    waiting: 'Holdfast quits as soon as the last key is safe.',
    setUp: 'Set up key backup',
    stay: 'Stay',
    quit: 'Quit now',
  },
  health: {
    title: 'Key health',
    states: {
      unknown: {
        title: 'Not known at the moment',
        text: 'The server can’t be reached, so Holdfast can’t tell how things stand. Nothing is changed until it knows.',
      },
      ready: {
        title: 'Everything is safe',
        text: 'All keys are in the backup, and you can open it again on a new device.',
      },
      uploading: {
        title: 'Keys are being backed up',
        text: 'New keys are on their way into the backup. There is nothing for you to do.',
      },
      needs_setup: {
        title: 'Your keys are on this device alone',
        text: 'If it is lost, or you sign out, your encrypted messages can’t be read any more. Set up key backup now.',
      },
      needs_restore: {
        title: 'Earlier messages are locked',
        text: 'There is a key backup, but this device can’t open it yet. Enter your recovery key or security phrase.',
      },
      needs_verification: {
        title: 'This device is not verified',
        text: 'Your other devices do not know yet that it is yours. Enter your recovery key or security phrase to verify it.',
      },
      backup_changed: {
        title: 'The backup was replaced',
        text: 'Another of your devices has made a new backup. This device adds nothing to it until you have entered the new recovery key or phrase.',
      },
      backup_untrusted: {
        title: 'The backup is not trusted',
        text: 'Nothing proves that the backup on the server is yours, so this device adds nothing to it. Enter your recovery key or security phrase to check.',
      },
      secrets_incomplete: {
        title: 'A part is missing on this device',
        text: 'This device does not have all it needs to keep the backup going. Enter your recovery key or security phrase to complete it.',
      },
      disabled_by_user: {
        title: 'Key backup is switched off',
        text: 'It was switched off for this account. Your keys are on your devices alone; if these are lost, so are your messages.',
      },
      reset_required: {
        title: 'The backup can’t be opened any more',
        text: 'What is needed to open it is not on the server any more. Stay signed in on all your devices, and ask your help desk before you change anything.',
      },
    } satisfies Record<KeyState, { title: string; text: string }>,
    lights: { good: 'Good', attention: 'Needs attention', danger: 'At risk', unknown: 'Unknown' },
    setUp: 'Set up key backup',
    unlock: 'Enter key or phrase',
    facts: 'The facts',
    backedUp: 'Keys in the backup',
    pending: 'Keys not backed up yet',
    rooms: 'Encrypted rooms',
    version: 'Version of the backup',
    opens: 'What opens the backup',
    opensKey: 'Key',
    opensBoth: 'Key or phrase',
    none: 'None',
    notKnown: 'Not known',
  },
  banner: {
    action: 'Details',
  },
};
