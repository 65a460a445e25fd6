/** Several people on one computer: choosing, switching, adding, locking and removing accounts. */
import { grammarOf } from '../language';

const { plural, number: digits } = grammarOf('en');
const keysOf = (count: number): string => plural(count, { one: '# key', other: '# keys' });

export const accounts = {
  chooseTitle: 'Who is using Holdfast?',
  chooseLead: 'Each account on this computer has messages and keys of its own.',
  list: 'Accounts on this computer',
  numbered: (number: number) => `Account ${String(number)}`,
  lastUsed: 'Used last',
  add: 'Add an account',
  none: 'There is no account on this computer any more.',
  removed: (folder: string) =>
    `The account was removed. Nothing was deleted: its files lie encrypted in the folder “${folder}” of its profile.`,
  others: 'Accounts',
  switch: 'Switch account',
  signInFailed: 'Signing in did not work',
  leave: {
    title: { choose: 'Switch account?', add: 'Add another account?' },
    waiting: (count: number) =>
      plural(count, {
        one: 'One key is not in your backup yet.',
        other: '# keys are not in your backup yet.',
      }),
    notBackedUp: 'Your keys are not backed up.',
    keysStay:
      'Your keys stay on this computer. Nothing is sent or received for this account until you open it again.',
    draftLost: 'Messages you have started but not sent are discarded.',
    go: { choose: 'Switch', add: 'Add account' },
    stay: 'Stay here',
  },
  settings: {
    title: 'This account on this computer',
    name: 'Name in the list of accounts',
    nameHint:
      'Shown before the account is opened: everyone who uses this computer account can read it.',
    save: 'Save name',
    saved: 'Name saved',
    lock: 'Lock with an app passphrase',
    lockHint:
      'An app passphrase keeps out everybody else who uses this computer account. It is not your account password.',
    lockNeedsKey: 'A lock needs your recovery key, for the day you forget the app passphrase.',
    locked: 'An app passphrase locks this account. Holdfast asks for it each time it opens.',
    unlock: 'Stop asking for it',
    remove: 'Remove from this computer',
  },
  lock: {
    title: 'Lock this account',
    lead: 'Whoever wants to open it on this computer needs this app passphrase, you included. If you forget it, your recovery key opens it.',
    confirm: 'Lock',
    done: 'Locked. Holdfast asks for the app passphrase from the next opening on.',
  },
  remove: {
    title: 'Remove this account from this computer?',
    lead: 'You are signed out here, and the account leaves the list. Your account on the server and your other devices stay as they are.',
    checking: 'Checking what is on this computer',
    safe: (count: number) => `All ${keysOf(count)} on this computer are in your key backup.`,
    keysHere: (count: number) =>
      `${keysOf(count)} on this computer will not be at hand here any more.`,
    waiting: (count: number) =>
      `${digits(count)} of them ${count === 1 ? 'is' : 'are'} in no backup. What only they open can’t be read on any other device.`,
    unknown: 'How many keys on this computer are in no backup is not known now.',
    kept: 'Nothing is deleted: the files are put aside in a folder of their own, encrypted as they are. Your help desk can bring them back.',
    accept: 'I accept that these messages may become unreadable.',
    typed: 'To confirm, type your address',
    mismatch: 'That is not the address of this account.',
    confirm: 'Sign out and remove',
  },
};
