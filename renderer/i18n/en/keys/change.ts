import type { KeyChangeOperation, KeyChangeStep } from '../../../../preload/model/key-change';
import { grammarOf } from '../../language';

const { number, plural } = grammarOf('en');

/** Changing what protects the keys. */
export const change = {
  change: {
    more: 'Change key and backup',
    actions: {
      old_key: {
        title: 'I found an old recovery key',
        text: 'Reads what a backup from before still holds, and adds it to the present one.',
        button: 'Enter it',
      },
      new_key: {
        title: 'New recovery key or security phrase',
        text: 'The backup and your messages stay as they are.',
        button: 'Make a new one',
      },
      reset_backup: {
        title: 'Reset the key backup',
        text: 'A new backup with a new key takes the place of the present one. Your recovery key stays.',
        button: 'Reset',
      },
      switch_off: {
        title: 'Switch the key backup off',
        text: 'What is in the backup stays there; nothing is added any more.',
        button: 'Switch off…',
      },
      reset_everything: {
        title: 'Set up encryption anew',
        text: 'The last resort: new identity, new recovery key, new backup. Others are told that your identity changed.',
        button: 'Set up anew',
      },
    },
    newKey: {
      stepsLabel: 'Making a new recovery key',
      steps: ['Choose', 'Save', 'Check', 'Replace'] as readonly string[],
      title: 'A new recovery key',
      lead: 'Do this when you have lost the old key, forgotten your phrase, or want to change it. This device still has everything it takes.',
      messages: 'All messages stay readable, on this device and on your others.',
      devices: 'Your other devices stay signed in and verified. Nobody has to verify you again.',
      oldWorks: 'Your old key keeps working, unless you have it removed below.',
      question: 'What should the new one be?',
      key: 'A recovery key',
      keyText: 'Holdfast makes a strong key of 48 characters. You save it and print it.',
      phrase: 'A security phrase',
      phraseText: 'You choose words that you remember, and get a recovery key as well.',
      wrongHands: 'My old key or phrase is lost, or somebody may have seen it',
      wrongHandsNote:
        'Then everything stored for the old key is removed from the server once the new one is in use. Whoever already read your backup with it keeps what they have read.',
    },
    resetBackup: {
      title: 'Reset the key backup',
      lead: 'This helps when the backup seems damaged, or when somebody may know its key. Holdfast makes sure that nothing is lost on the way.',
      first: 'First, everything the old backup holds is brought to this device.',
      then: 'Then the new backup is made beside the old one, and filled.',
      last: 'The old one is deleted only when all of it was read. What can’t be read is kept on the server.',
      others: 'Your other devices will ask for your recovery key once.',
      submit: 'Reset the backup',
      noKey: 'I don’t have my recovery key. Make a new one first',
    },
    snapshots: {
      title: 'Copies on this computer',
      text: 'Holdfast writes an encrypted copy of all keys once a day when there are new ones, and before every change of the backup. The last five are kept. They open on this computer, or with your recovery key.',
      none: 'There is none yet.',
      make: 'Make a copy now',
      made: (count: number) =>
        plural(count, {
          one: 'A copy with one key was made.',
          other: 'A copy with # keys was made.',
        }),
      noKeys: 'There are no keys to copy yet.',
      keys: (count: number) => plural(count, { one: 'one key', other: '# keys' }),
      readBack: 'Bring back',
      readBackDone: (count: number) =>
        plural(count, {
          one: 'The one key of this copy is on this device now.',
          other: 'All # keys of this copy are on this device now.',
        }),
      readBackByFileDone: 'All keys of this copy are on this device now.',
      open: 'Bring back with this key',
    },
    working: {
      new_key: 'Your new recovery key is being put to use',
      reset_backup: 'Your key backup is being made anew',
      reset_everything: 'Your encryption is being set up anew',
    } satisfies Record<KeyChangeOperation, string>,
    lead: 'This takes a few seconds. If Holdfast is closed meanwhile, it goes on at the next start.',
    starting: 'One moment…',
    steps: {
      read_backup: 'Bringing everything the old backup holds to this device',
      snapshot: 'Writing an encrypted copy of all keys on this computer',
      create_backup: 'Creating the new backup',
      fill_backup: 'Filling it with all keys of this device',
      replace_identity: 'Giving your account a new identity',
      sign_device: 'Verifying this device with it',
      delete_backup: 'Deleting the old backup',
      describe_key: 'Preparing secret storage for the new key',
      store_secrets: 'Storing your secrets for it, and reading them back',
      switch_key: 'Putting the new key in the place of the old one',
      remove_old_key: 'Removing what the old key could open',
    } satisfies Record<KeyChangeStep, string>,
    progress: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    failed: 'That did not work yet',
    nothingYet: 'Nothing has been changed so far. Your old key still works.',
    nothingReplaced: 'Nothing has been replaced so far: everything is as it was before.',
    oldKept: 'What is done stays done, and nothing old is removed before this is finished.',
    waiting: 'The server does not answer. Holdfast goes on by itself as soon as it does.',
    giveUp: 'Give up and keep everything as it was',
    endHere: 'End here',
    background: 'Continue in the background',
    later: 'Later',
    look: 'Have a look',
    details: 'Details',
    remains: {
      oldBackup:
        'The old backup stays on the server, because it refused to delete it. It does no harm.',
      oldKey:
        'The server refused to remove what the old recovery key opens: it still opens your backup. Make a new recovery key again later.',
      otherKeys: (count: number) =>
        plural(count, {
          one: 'Another recovery key of your account does not open the new backup. Only the one you have just entered does.',
          other:
            '# other recovery keys of your account do not open the new backup. Only the one you have just entered does.',
        }),
    },
    done: {
      new_key: {
        title: 'Your new recovery key is in use',
        lead: 'From now on, enter the new one when you sign in on a new device.',
        points: [
          'Destroy all copies of the old key. Unless you had it removed, it still opens your backup.',
          'Keep the file and the printed sheet where you will find them in two years.',
        ],
      },
      reset_backup: {
        title: 'Your new key backup is complete',
        lead: 'It holds every key of this device. Your recovery key opens it, as before.',
        points: [
          'Your other devices ask for your recovery key once, to use the new backup.',
          'An encrypted copy of all keys also lies on this computer.',
        ],
      },
      reset_everything: {
        title: 'Your encryption is set up anew',
        lead: 'Your new recovery key opens the new backup. It holds every key of this device.',
        points: [
          'Enter the new recovery key once on each of your other devices. Until then they count as not verified.',
          'The people you write with see that your identity changed. Verify each other again where it matters.',
          'The old backup stays on the server unless every key of it is here. Keep the old recovery key, should it turn up.',
        ],
      },
    } satisfies Record<
      KeyChangeOperation,
      { title: string; lead: string; points: readonly string[] }
    >,
  },
};
