import type { invite as source } from '../en/invite';
import { grammarOf, type Translation } from '../language';

const { plural } = grammarOf('de');

export const invite: Translation<typeof source> = {
  open: 'Personen einladen',
  title: (room) => `Personen in ${room} einladen`,
  entry: 'Matrix-Adressen',
  hint: 'Eine oder mehrere, zum Beispiel @noor:example.org, mit Leerzeichen oder Komma dazwischen.',
  empty: 'Bitte geben Sie die Adresse der Person ein, die Sie einladen möchten.',
  unreadable: (what) =>
    `„${what}“ ist keine Matrix-Adresse. Eine solche sieht aus wie @noor:example.org.`,
  historyTitle: 'Was die Eingeladenen lesen können',
  historyLoading: 'Es wird nachgesehen, was dieser Raum Neuen zeigt',
  history: {
    all: 'Alles, auch frühere Nachrichten, soweit Sie selbst sie lesen können.',
    from_invitation: 'Was ab dem Moment der Einladung geschrieben wird. Nichts von vorher.',
    from_joining: 'Was ab dem Beitritt geschrieben wird. Nichts von vorher.',
    unverified_device:
      'Was nach dem Beitritt geschrieben wird. Dieser Raum zeigt Neuen seinen Verlauf, aber nur ein verifiziertes Gerät kann die Schlüssel dazu weitergeben, und dieses ist nicht verifiziert. Verifizieren Sie es zuerst, wenn auch frühere Nachrichten lesbar sein sollen.',
  },
  historyUnknown: 'Holdfast kann gerade nicht sagen, was vom Verlauf lesbar sein wird.',
  failed: (count) =>
    plural(count, {
      one: 'Eine Person konnte nicht eingeladen werden',
      other: '# Personen konnten nicht eingeladen werden',
    }),
  done: (count) =>
    plural(count, { one: 'Eine Person ist eingeladen', other: '# Personen sind eingeladen' }),
  invite: 'Einladen',
};
