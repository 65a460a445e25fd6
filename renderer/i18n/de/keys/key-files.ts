import type { keyFiles as source } from '../../en/keys/key-files';
import { grammarOf, type Translation } from '../../language';

const { plural } = grammarOf('de');

export const keyFiles: Translation<typeof source> = {
  keyFiles: {
    title: 'Schlüsseldateien',
    text: 'Eine Schlüsseldatei enthält Kopien von Nachrichtenschlüsseln, geschützt mit einem Kennwort. So tauschen Matrix-Apps Schlüssel aus, ganz ohne Server.',
    export: 'Schlüssel exportieren',
    import: 'Schlüssel importieren',
  },
  import: {
    title: 'Nachrichtenschlüssel importieren',
    lead: 'Wählen Sie eine Schlüsseldatei, die Holdfast oder eine andere Matrix-App exportiert hat. Ihre Schlüssel öffnen auf diesem Gerät die Nachrichten, zu denen sie gehören.',
    trust:
      'Importieren Sie nur eine Datei, die Sie selbst erstellt haben oder die von jemandem kommt, dem Sie vertrauen: Niemand kann prüfen, wer die Nachrichten geschrieben hat, die diese Schlüssel öffnen.',
    choose: 'Schlüsseldatei auswählen',
    chooseOther: 'Andere Datei auswählen',
    chosen: (fileName) => `Ausgewählt: ${fileName}`,
    passphrase: 'Kennwort der Datei',
    passphraseHint: 'Das Kennwort, das beim Erstellen der Datei festgelegt wurde.',
    empty: 'Bitte geben Sie das Kennwort der Datei ein.',
    submit: 'Importieren',
    working: 'Die Schlüssel werden importiert. Das kann einen Moment dauern.',
    noneTitle: 'Keine neuen Schlüssel',
    doneTitle: (imported) =>
      plural(imported, {
        one: 'Ein Schlüssel importiert',
        other: '# Schlüssel importiert',
      }),
    doneNew:
      'Nachrichten, die auf sie gewartet haben, sind jetzt lesbar. Die Schlüssel kommen auch in Ihre Schlüsselsicherung.',
    doneNothing: 'Dieses Gerät hat schon alles, was diese Datei enthält.',
    here: (count) =>
      plural(count, {
        one: 'Ein Schlüssel war schon auf diesem Gerät.',
        other: '# Schlüssel waren schon auf diesem Gerät.',
      }),
    failed: (count) =>
      plural(count, {
        one: 'Ein Eintrag der Datei ist kein lesbarer Schlüssel.',
        other: '# Einträge der Datei sind keine lesbaren Schlüssel.',
      }),
    emptyFile: 'Die Datei enthält keine Schlüssel.',
  },
};
