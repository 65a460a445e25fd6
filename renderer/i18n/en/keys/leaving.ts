import { grammarOf } from '../../language';

const { plural } = grammarOf('en');

const rooms = (count: number): string =>
  plural(count, { one: 'one encrypted room', other: '# encrypted rooms' });
const keysOf = (count: number): string => plural(count, { one: 'one key', other: '# keys' });

/** Signing out, quitting, and exporting keys before that. */
export const leaving = {
  signOut: {
    checkingTitle: 'Signing out',
    checking: 'Checking whether all your keys are in the backup',
    safeTitle: 'Sign out of this device?',
    safe: 'All your keys are in the backup. Next time, you only need your recovery key or your security phrase to read everything again.',
    safeKeyOnly:
      'All your keys are in the backup. Next time, you only need your recovery key to read everything again.',
    noKeys: 'There are no keys on this device yet, so nothing is lost by signing out.',
    signOut: 'Sign out',
    pendingTitle: (count: number) =>
      plural(count, {
        one: 'One key is not backed up yet',
        other: '# keys are not backed up yet',
      }),
    pending: (count: number) =>
      plural(count, {
        one: 'After signing out it would lie on this computer alone, and messages that need it could be read nowhere else. It usually takes only a few seconds to back it up.',
        other:
          'After signing out they would lie on this computer alone, and messages that need them could be read nowhere else. It usually takes only a few seconds to back them up.',
      }),
    pendingOffline:
      'There is no connection at the moment. The backup goes on as soon as it is back.',
    progress: 'Backing up',
    remaining: (count: number) => plural(count, { one: 'One key to go', other: '# keys to go' }),
    wait: 'Wait, then sign out',
    waiting: 'You will be signed out as soon as the last key is safe.',
    stopWaiting: 'Stay signed in',
    noBackupTitle: 'Your keys are on this device alone',
    noBackup: (roomCount: number, pending: number | null) => {
      const left = pending !== null && pending > 0 ? keysOf(pending) : 'your keys';
      const history =
        roomCount === 0 ? 'the messages that need them' : `the history of ${rooms(roomCount)}`;
      return `After signing out, ${left} ${pending === 1 ? 'stays' : 'stay'} only on this computer, encrypted. On any other device, and anywhere once this computer is gone, nobody could read ${history}.`;
    },
    setUp: 'Set up key backup',
    lockedTitle: 'This device is not part of the key backup yet',
    locked: (pending: number | null, phraseKnown: boolean) =>
      `${pending !== null && pending > 0 ? `Not in the backup yet: ${keysOf(pending)}.` : 'Some keys may not be in the backup yet.'} After signing out ${pending === 1 ? 'it' : 'they'} would lie on this computer alone. Enter your ${phraseKnown ? 'recovery key or security phrase' : 'recovery key'} first, so that this device can add ${pending === 1 ? 'it' : 'them'}.`,
    stuckTitle: 'Your keys are not being backed up',
    stuck: (pending: number | null) =>
      `${pending !== null && pending > 0 ? `Found only on this device: ${keysOf(pending)}.` : 'Some keys may be found only on this device.'} After signing out ${pending === 1 ? 'it' : 'they'} would lie on this computer alone. Mend this first, or export your keys to a file.`,
    identityTitle: 'Your identity may be on this device alone',
    identity:
      'Others recognise you as you by your account’s identity. As far as Holdfast knows, its keys lie nowhere but here. After signing out, you would have to set up a new one, and everyone who has verified you would have to do so again.',
    identityToo:
      'Your account’s identity may also be on this device alone. Signing in again does not bring it back; everyone who has verified you would have to do so again.',
    uploadedTitle: 'All keys are backed up',
    unlock: 'Enter key or phrase',
    unlockKeyOnly: 'Enter recovery key',
    unknownTitle: 'Holdfast can’t tell whether your keys are safe',
    unknown:
      'The server can’t be reached at the moment, so it is not certain that all keys are in the backup. Please wait until the connection is back.',
    unsettled:
      'It is not certain that all keys are in the backup. Please wait a moment and check again.',
    lastKnown: (when: string, pending: number | null) =>
      pending === null || pending === 0
        ? `When it was last checked, ${when}, all keys were in the backup.`
        : `As far as this device knows since it was last checked, ${when}: ${keysOf(pending)} not in the backup.`,
    unreachable:
      'The server can’t be reached. If it stays so, signing out ends the session on this computer only: your account’s device list keeps this device until you sign it out from another one.',
    unfinishedTitle: 'Something about your keys is not finished yet',
    unfinished: {
      carry_over:
        'Keys from your earlier sign-ins on this computer are still being taken over, and may not be in the backup. Please wait until they are here.',
      key_change:
        'A change of your keys is under way. Please let it finish, or cancel it, before you sign out.',
      setup: 'Key backup is being set up. Please let that finish before you sign out.',
    },
    restoreUnfinished:
      'Not all of your keys have come from the backup yet. The rest stays in it: after you have signed in again, your recovery key brings it.',
    again: 'Check again',
    export: 'Export keys to a file',
    anyway: 'Sign out anyway',
    confirmTitle: 'Sign out and risk your messages?',
    confirm: (roomCount: number, pending: number | null) => {
      if (pending !== null && pending > 0) {
        const where = roomCount === 0 ? '' : ` in up to ${rooms(roomCount)}`;
        return `At risk: ${keysOf(pending)} found only on this device, and the messages${where} that need ${pending === 1 ? 'it' : 'them'}.`;
      }
      return roomCount === 0
        ? 'At risk: the keys on this device, and with them every encrypted message they open.'
        : `At risk: the keys on this device, and with them the history of ${rooms(roomCount)}.`;
    },
    confirmForever:
      'Only signing in again on this very computer brings them back. Once it is lost, replaced or set up anew, nobody can: neither your server nor your help desk.',
    confirmIdentityTitle: 'Sign out and risk your identity?',
    confirmIdentity:
      'At risk: your account’s identity. Signing in again does not bring it back; you would have to set up a new one, and everyone who has verified you would have to do so again.',
    exported: (fileName: string) =>
      `You have exported your keys to ${fileName}. Keep the file and its passphrase: together they are your only copy.`,
    accept: 'I understand that I may never be able to read these messages again.',
    acceptIdentity: 'I understand that I may have to set up my identity anew.',
    confirmAction: 'Sign out without a backup',
    back: 'Back',
  },
  export: {
    title: 'Export keys to a file',
    lead: 'The file holds every key of this device, locked with a passphrase that you choose now. Matrix apps can import it.',
    passphrase: 'Passphrase of the file',
    passphraseHint: 'At least 12 characters. Without it the file can’t be opened.',
    repeated: 'The same passphrase again',
    empty: 'Please enter a passphrase.',
    mismatch: 'The two entries differ.',
    submit: 'Choose place and export',
    done: (count: number, fileName: string) =>
      `${plural(count, { one: 'One key', other: '# keys' })} exported to ${fileName}.`,
    doneWithout: (count: number, fileName: string, unread: number) =>
      `Exported to ${fileName}: ${keysOf(count)}. Not in the file, because this computer could not read ${unread === 1 ? 'it' : 'them'}: ${keysOf(unread)}.`,
  },
  quit: {
    keyNotInUseTitle: 'Your new recovery key is not in use yet',
    keyNotInUse:
      'The recovery key you have just made opens your messages only after the setup is finished. If you quit now, copies of it open nothing: not the file, not the printed sheet.',
    finish: 'Stay and finish',
    anyway: 'Quit anyway',
    pendingTitle: (count: number) =>
      plural(count, {
        one: 'One key is not backed up yet',
        other: '# keys are not backed up yet',
      }),
    pending: (count: number) =>
      plural(count, {
        one: 'It stays on this device and is backed up the next time Holdfast is open. Only if this device is lost before then would it be lost.',
        other:
          'They stay on this device and are backed up the next time Holdfast is open. Only if this device is lost before then would they be lost.',
      }),
    noBackupTitle: 'Your keys are on this device alone',
    noBackup: (pending: number | null) =>
      `Closing does not sign you out: ${pending !== null && pending > 0 ? keysOf(pending) : 'your keys'} ${pending === 1 ? 'stays' : 'stay'} on this device. But if it is lost, your encrypted messages are lost too.`,
    unsureTitle: 'Your keys may not be backed up',
    unsure:
      'Closing does not sign you out: the keys stay on this device, and Holdfast checks again the next time it is open.',
    uploadedTitle: 'All keys are backed up',
    uploaded: 'You can quit now; nothing is left to do.',
    unfinishedTitle: 'Quit in the middle of it?',
    unfinished: {
      carry_over:
        'Keys from your earlier sign-ins are still being taken over. Nothing is lost by quitting: it goes on the next time Holdfast is open.',
      key_change:
        'A change of your keys is under way. Nothing is lost by quitting: it goes on the next time Holdfast is open.',
      setup:
        'Key backup is being set up. Nothing is lost by quitting: if it is not finished the next time, Holdfast asks for your new recovery key and completes it.',
      restore:
        'Your keys are still being restored from the backup. Nothing is lost by quitting: it goes on the next time Holdfast is open.',
    },
    wait: 'Wait, then quit',
    waiting: 'Holdfast quits as soon as the last key is safe.',
    setUp: 'Set up key backup',
    stay: 'Stay',
    quit: 'Quit now',
  },
};
