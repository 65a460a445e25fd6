import { grammarOf } from '../../language';

const { plural } = grammarOf('en');

/** Exporting and importing key files, beside the key health. */
export const keyFiles = {
  keyFiles: {
    title: 'Key files',
    text: 'A key file holds copies of message keys, locked with a passphrase. Matrix apps can exchange keys this way, without any server.',
    export: 'Export keys',
    import: 'Import keys',
  },
  import: {
    title: 'Import message keys',
    lead: 'Choose a key file that Holdfast or another Matrix app has exported. Its keys open the messages they belong to on this device.',
    trust:
      'Import only a file that you made yourself, or that comes from somebody you trust: nobody can check who wrote the messages its keys open.',
    choose: 'Choose key file',
    chooseOther: 'Choose another file',
    chosen: (fileName: string) => `Chosen: ${fileName}`,
    passphrase: 'Passphrase of the file',
    passphraseHint: 'The one that was set when the file was made.',
    empty: 'Please enter the passphrase of the file.',
    submit: 'Import',
    working: 'Importing. This can take a moment.',
    noneTitle: 'No new keys',
    doneTitle: (imported: number) =>
      plural(imported, {
        one: 'One key imported',
        other: '# keys imported',
      }),
    doneNew:
      'Messages that waited for them can be read now. The keys go into your key backup, too.',
    doneNothing: 'This device already has everything that this file can give it.',
    here: (count: number) =>
      plural(count, {
        one: 'One key was on this device already.',
        other: '# keys were on this device already.',
      }),
    failed: (count: number) =>
      plural(count, {
        one: 'One entry of the file is not a key that can be read.',
        other: '# entries of the file are not keys that can be read.',
      }),
    emptyFile: 'The file holds no keys.',
  },
};
