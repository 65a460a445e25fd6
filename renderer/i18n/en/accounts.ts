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
    waiting: (count: number) =>
      plural(count, {
        one: '# key is not in your backup yet',
        other: '# keys are not in your backup yet',
      }),
    notBackedUp: 'Your keys are not backed up',
    draft: 'You have not sent everything',
    keysStay:
      'Your keys stay on this computer. Nothing is sent or received for this account until you open it again.',
    draftLost: 'What you have written and not sent is not kept.',
    go: 'Go on',
    stay: 'Stay here',
  },
  settings: {
    title: 'This account on this computer',
    name: 'Name in the list of accounts',
    nameHint:
      'Shown before the account is opened: everyone who uses this computer account can read it.',
    save: 'Save name',
    saved: 'Saved',
    lock: 'Lock with a passphrase',
    lockHint: 'A passphrase keeps out everybody else who uses this computer account.',
    lockNeedsKey: 'A lock needs your recovery key, for the day you forget the passphrase.',
    locked: 'A passphrase locks this account. Holdfast asks for it each time it opens.',
    unlock: 'Stop asking for it',
    remove: 'Remove from this computer',
  },
  lock: {
    title: 'Lock this account',
    lead: 'Whoever wants to open it on this computer needs this passphrase, you included. If you forget it, your recovery key opens it.',
    confirm: 'Lock',
    done: 'Locked. Holdfast asks for the passphrase from the next opening on.',
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
