import type { PhraseWeakness } from '../../../../preload/rules/phrase-strength';
import { grammarOf } from '../../language';

const { number, plural } = grammarOf('en');

const rooms = (count: number): string =>
  plural(count, { one: 'one encrypted room', other: '# encrypted rooms' });

/** Setting up key backup, and the reminder to do it. */
export const setup = {
  setup: {
    stepsLabel: 'Setting up key backup',
    steps: ['Choose', 'Save', 'Check', 'Secure'] as readonly string[],
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
    required: 'Your organisation requires key backup, so this step can’t be skipped.',
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
    bothNote: 'Best do both: files get lost with computers, paper in moves.',
    more: 'Other ways',
    pdf: 'Save as PDF',
    pdfSaved: 'PDF saved',
    copy: 'Copy',
    copied: 'Copied. Holdfast clears the clipboard after a minute.',
    where: 'Where to keep it',
    good: 'Good places: a password manager, an encrypted USB stick, a drawer that locks.',
    bad: 'Bad places: only on this computer, your mailbox, a photo, the laptop bag.',
    next: 'I have saved it',
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
    stoppedTitle: 'Your keys are not secured yet',
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
    stop: 'Later',
    stopHint:
      'You can also stop here. Keep this recovery key then: Holdfast may ask for it when you go on.',
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
    signOut: 'If you sign out, the keys stay on this computer, and nowhere else.',
    newDevice: 'On a new device, everything written before stays locked.',
    nobody: 'Neither your server nor your help desk can bring it back.',
    reminder: 'Holdfast will remind you. Setting it up takes about two minutes, whenever you like.',
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
    restoreTitle: 'Not connected to your key backup yet',
    restore:
      'Enter your recovery key or security phrase: then this device reads what is in the backup, and adds its own keys to it.',
    restoreAction: 'Unlock',
    later: 'Later',
  },
};
