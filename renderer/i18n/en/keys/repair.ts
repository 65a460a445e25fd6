import type { KeyRepair } from '../../../../preload/model/key-repair';
import { grammarOf } from '../../language';

const { plural } = grammarOf('en');

/** The ways out, the facts they rest on, and the report for the help desk. */
export const repair = {
  repair: {
    buttons: {
      try_again: 'Ask again now',
      switch_on: 'Switch the backup on again',
      upload_now: 'Upload now',
      setup: 'Set up key backup',
      restore: 'Enter key or phrase',
      verify: 'Verify with another device',
      complete: 'Enter key or phrase',
      new_key: 'Make a new recovery key',
      reset_backup: 'Make a new backup',
      reset_everything: 'Set up everything anew',
    } satisfies Record<KeyRepair, string>,
    /** The same where something better is offered first. */
    otherwise: {
      try_again: 'Ask again now',
      switch_on: 'Switch the backup on again',
      upload_now: 'Upload now',
      setup: 'Set up key backup instead',
      restore: 'Enter key or phrase instead',
      verify: 'Verify with another device',
      complete: 'Enter key or phrase instead',
      new_key: 'I don’t have it: make a new recovery key',
      reset_backup: 'I have no other device: make a new backup',
      reset_everything: 'I have lost everything',
    } satisfies Record<KeyRepair, string>,
    /** What the button does, after the sentence that says how things stand. */
    ways: {
      try_again: 'What stands below is what was known last.',
      switch_on: 'The backup’s key is still here: everything that waits is then added to it.',
      upload_now: 'That happens by itself; the button only makes it happen at once.',
      setup: 'Set up key backup now; it takes a few minutes.',
      restore:
        'Enter your recovery key or security phrase, and your messages become readable one after the other.',
      verify:
        'Open another of your devices and verify this one with it: what is missing then comes here by itself.',
      complete:
        'Enter your recovery key or security phrase: Holdfast adds what is missing and keeps everything that works.',
      new_key: 'This device has everything it takes: make a new recovery key, and keep it safe.',
      reset_backup:
        'Holdfast can make a new backup with every key of this device. The present one stays on the server.',
      reset_everything:
        'What is left is to set up everything anew. Holdfast first saves every key that can still be reached.',
    } satisfies Record<KeyRepair, string>,
    complete: {
      title: 'Enter key or phrase',
      lead: 'With it, Holdfast finds out what is missing and adds it from what this device has.',
      points: [
        'Whether the backup is yours is checked before anything is added to it.',
        'No key and no backup is deleted.',
      ],
      submit: 'Check and complete',
      doneTitle: 'Everything is in place again',
      done: 'Your recovery key opens the backup, and this device works with it.',
      donePoints: [
        'The keys of this device are on their way into the backup.',
        'Whatever was missing here arrives in the background.',
      ],
      finish: 'Done',
      backup_closed: {
        title: 'The key is right, but not for this backup',
        text: 'The backup on the server was made with another key, which is neither in your account nor on this device. Nothing was lost, and nothing was changed in it.',
      },
      not_verified: {
        title: 'The key is right, but something is missing',
        text: 'What makes this device yours is not in your account’s secret storage, so Holdfast has not made a backup.',
      },
    },
  },
  facts: {
    title: 'In detail',
    asOf: (when: string) => `As of ${when}`,
    marks: { good: 'Good', attention: 'Needs attention', danger: 'At risk', unknown: 'Not known' },
    notKnown: 'Not known',
    identity: 'Identity',
    identityAbsent: 'Not set up',
    identityHere: 'Set up; its keys are on this device',
    identityElsewhere: 'Set up; its keys are not on this device',
    device: 'This device',
    verified: 'Verified',
    notVerified: 'Not verified',
    storage: 'Secret storage',
    storageAbsent: 'None',
    storageComplete: 'Holds your identity and what opens the backup',
    storageBackupOnly: 'Holds what opens the backup, but not your identity',
    storageIdentityOnly: 'Holds your identity, but not what opens the backup',
    storageEmpty: 'Holds nothing yet',
    storageNotUnderstood: 'Made in a way this version does not know',
    opensKey: 'Opens with the recovery key',
    opensBoth: 'Opens with the recovery key or the security phrase',
    backup: 'Backup',
    backupAbsent: 'None on the server',
    backupIs: {
      readable: 'On the server, open on this device',
      trusted: 'On the server and yours, but locked on this device',
      untrusted: 'On the server, not known to be yours',
    },
    backupNotUnderstood: 'On the server, made in a way this version does not know',
    backupVersion: (version: string) => `Version ${version}.`,
    madeBy: (device: string) => `Made by ${device}.`,
    replaced: (when: string) => `Took another’s place; first seen ${when}.`,
    keys: 'Keys',
    keysBoth: (server: number, here: number | null) =>
      here === null
        ? plural(server, { one: 'One in the backup', other: '# in the backup' })
        : `${plural(server, { one: 'One', other: '#' })} in the backup, ${plural(here, { one: 'one', other: '#' })} on this device`,
    waiting: 'Still to upload',
    waitingKeys: (count: number) =>
      count === 0 ? 'None' : plural(count, { one: 'One key', other: '# keys' }),
    uploaded: (when: string) => `Last upload: ${when}`,
    proof: 'Recovery key last checked',
    notProved: 'Not since it was made',
    copy: 'Copy on this computer',
    noCopy: 'None yet',
    rooms: 'Encrypted rooms',
    institution: 'Your organisation',
    required: 'Requires key backup',
  },
  report: {
    title: 'Report for your help desk',
    text: 'It tells what is wrong, and holds no key, phrase or password, no message, and no name of a room or person. Read it first; it leaves this computer only if you send it.',
    copy: 'Copy',
    save: 'Save as a file',
    saved: (name: string) => `Saved as “${name}”.`,
  },
};
