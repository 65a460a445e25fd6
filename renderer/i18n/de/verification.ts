import type { Translation } from '../language';
import type { verification as source } from '../en/verification';
import { sasEmoji } from './sas-emoji';

export const verification: Translation<typeof source> = {
  emojiNames: sasEmoji,
  titles: {
    device: 'Gerät verifizieren',
    person: (name) => `${name} verifizieren`,
  },
  anyDevice: 'Eines Ihrer anderen Geräte',
  unnamedDevice: (id) => `Das Gerät ${id}`,
  incomingDevice: (name) =>
    `${name} möchte sich mit diesem Gerät verifizieren. Fahren Sie nur fort, wenn Sie das dort gerade angestoßen haben.`,
  incomingPerson: (name, id) =>
    `${name} (${id}) möchte mit Ihnen sicherstellen, dass niemand mitliest. Am besten sind Sie dabei am Telefon oder beieinander.`,
  accept: 'Fortfahren',
  decline: 'Ablehnen',
  waitingDevices:
    'Öffnen Sie Holdfast oder eine andere Matrix-App auf einem Gerät, das Ihre Nachrichten lesen kann, und nehmen Sie dort die Anfrage an.',
  waitingPerson: (name) => `${name} muss die Anfrage noch annehmen.`,
  starting: 'Einen Moment, beide Seiten bereiten sich vor.',
  codeDevice: 'Scannen Sie diesen Code mit dem anderen Gerät.',
  codePerson: (name) => `Lassen Sie ${name} diesen Code scannen.`,
  codeLabel: 'QR-Code zur Verifizierung',
  orEmoji: 'Oder vergleichen Sie Emoji, das geht ohne Kamera.',
  orScan:
    'Auch umgekehrt: Öffnen Sie ein Foto oder einen Screenshot des Codes, den die andere Seite zeigt.',
  scanFile: 'Bild auswählen …',
  scanDrop: 'oder hier ablegen',
  scanDropHere: 'Loslassen, um den Code zu lesen',
  scanTooLarge: 'Diese Datei ist größer als 20 MB. Wählen Sie eine andere.',
  scanLabel: 'Bild des Codes der anderen Seite',
  reciprocated:
    'Der Code passt. Bestätigen Sie jetzt auf der anderen Seite, dass er gescannt wurde; dieses Fenster macht dann von selbst weiter.',
  emojiOnly: 'Vergleichen Sie sieben Emoji, die beide Seiten sehen.',
  useEmoji: 'Emoji vergleichen',
  compareDevice: 'Zeigt das andere Gerät dieselben Emoji in derselben Reihenfolge?',
  comparePerson: (name) =>
    `Sieht ${name} dieselben Emoji in derselben Reihenfolge? Fragen Sie mündlich, nicht in diesem Chat.`,
  match: 'Alles stimmt überein',
  mismatch: 'Etwas weicht ab',
  scanned: 'Der Code wurde gescannt. Zeigt die andere Seite einen grünen Haken?',
  seen: 'Ja',
  notSeen: 'Nein',
  confirming: 'Die andere Seite muss noch bestätigen.',
  cancel: 'Abbrechen',
  close: 'Schließen',
  doneTitle: 'Verifiziert',
  doneDevice:
    'Beide Geräte vertrauen einander. Schlüssel, die diesem Gerät fehlen, kommen von selbst vom anderen.',
  donePerson: (name) =>
    `Niemand dazwischen kann Nachrichten zwischen Ihnen und ${name} mitlesen oder verändern. Ändert sich die Identität dieser Person, erfahren Sie es, bevor Sie senden.`,
  endTitle: 'Nicht verifiziert',
  ends: {
    mismatch:
      'Die beiden Seiten haben Verschiedenes gezeigt. Vielleicht ist jemand dazwischen, oder es waren zwei verschiedene Anfragen. Es wurde keinem Schlüssel vertraut. Versuchen Sie es über eine andere Verbindung noch einmal.',
    timeout:
      'Zehn Minuten lang kam keine Antwort. Es wurde nichts geändert; versuchen Sie es wieder, wenn beide da sind.',
    declined: 'Die andere Seite hat abgelehnt. Es wurde nichts geändert.',
    cancelled:
      'Die andere Seite hat abgebrochen. Es wurde nichts geändert; Sie können es wieder versuchen.',
    accepted_elsewhere: 'Sie haben diese Anfrage auf einem anderen Ihrer Geräte beantwortet.',
    key_mismatch:
      'Die Schlüssel der anderen Seite sind nicht, was sie vorgeben. Es wurde keinem Schlüssel vertraut. Wenn das wieder geschieht, fragen Sie Ihren Helpdesk.',
    failed: 'Das hat nicht geklappt. Es wurde nichts geändert; Sie können es wieder versuchen.',
  },
  again: 'Noch einmal',
  withDevice: 'Mit anderem Gerät verifizieren',
};
