import type { KeyChangeOperation, KeyChangeStep } from '../../../../preload/model/key-change';
import { grammarOf } from '../../language';

const { number } = grammarOf('en');

/** Changing what protects the keys. */
export const change = {
  change: {
    more: 'More',
    actions: {
      new_key: {
        title: 'New recovery key or security phrase',
        text: 'The backup and your messages stay as they are.',
        button: 'Make a new one',
      },
    },
    newKey: {
      stepsLabel: 'Making a new recovery key',
      steps: ['Choose', 'Keep', 'Check', 'Replace'] as readonly string[],
      title: 'A new recovery key',
      lead: 'Do this when you have lost the old key, forgotten your phrase, or want to change it. This device still has everything it takes.',
      messages: 'All messages stay readable, on this device and on your others.',
      devices: 'Your other devices stay signed in and verified. Nobody has to verify you again.',
      oldWorks: 'Your old key keeps working until the new one is in use.',
      question: 'What should the new one be?',
      key: 'A recovery key',
      keyText: 'Holdfast makes a strong key of 48 characters. You save it and print it.',
      phrase: 'A security phrase',
      phraseText: 'You choose words that you remember, and get a recovery key as well.',
      wrongHands: 'Somebody else may have seen my old key or phrase',
      wrongHandsNote:
        'Then everything stored for the old key is removed from the server once the new one is in use. Whoever already read your backup with it keeps what they have read.',
    },
    working: {
      new_key: 'Your new recovery key is being put to use',
    } satisfies Record<KeyChangeOperation, string>,
    lead: 'This takes a few seconds. If Holdfast is closed meanwhile, it goes on at the next start.',
    starting: 'One moment …',
    steps: {
      describe_key: 'Preparing secret storage for the new key',
      store_secrets: 'Storing your secrets for it, and reading them back',
      switch_key: 'Putting the new key in the place of the old one',
      remove_old_key: 'Removing what the old key could open',
    } satisfies Record<KeyChangeStep, string>,
    progress: (done: number, total: number) => `${number(done)} of ${number(total)}`,
    failed: 'That did not work yet',
    nothingYet: 'Nothing has been changed so far. Your old key still works.',
    nothingReplaced:
      'Nothing has been replaced so far: your old key still works, the new one does not.',
    oldKept: 'What is done stays done. Keep both keys until this is finished.',
    waiting: 'The server does not answer. Holdfast goes on by itself as soon as it does.',
    giveUp: 'Give up and keep the old key',
    background: 'Continue in the background',
    later: 'Later',
    look: 'Have a look',
    details: 'Details',
    done: {
      new_key: {
        title: 'Your new recovery key is in use',
        lead: 'From now on, only the new one opens your backup on a new device.',
        points: [
          'Destroy the copies of the old key, so that nobody mistakes them for the new one.',
          'Keep the file and the printed sheet where you will find them in two years.',
        ],
      },
    } satisfies Record<
      KeyChangeOperation,
      { title: string; lead: string; points: readonly string[] }
    >,
  },
};
