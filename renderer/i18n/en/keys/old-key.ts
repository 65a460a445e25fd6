import { grammarOf } from '../../language';

const { plural } = grammarOf('en');

/** A recovery key that turned up after everything was set up anew. */
export const oldKey = {
  oldKey: {
    title: 'Read an old backup',
    lead: 'Enter the old recovery key or security phrase. If the server still has the backup it opens, its messages become readable here.',
    points: [
      'Its keys come to this device, and from here into your present backup.',
      'Your present recovery key stays, and the old backup is kept as it is.',
      'A large backup takes some minutes. You can close this meanwhile; reading goes on.',
    ] as readonly string[],
    submit: 'Look for the old backup',
    doneTitle: 'The old backup was read',
    noneTitle: 'The old backup holds nothing to read',
    none: 'Your key is right, but no key of a message came from this backup.',
    done: (keys: number) =>
      plural(keys, {
        one: 'One key from it is on this device now.',
        other: '# keys from it are on this device now.',
      }),
    donePoints: [
      'Messages that waited for them can be read.',
      'The keys go into your present backup by themselves.',
    ] as readonly string[],
    unread: (count: number) =>
      plural(count, {
        one: 'One key in it can’t be read. It stays in the old backup.',
        other: '# keys in it can’t be read. They stay in the old backup.',
      }),
  },
};
