import type { Translation } from '../language';
import type { rooms as source } from '../en/rooms';
import { grammarOf } from '../language';

const { plural } = grammarOf('de');

export const rooms: Translation<typeof source> = {
  list: 'Räume',
  filter: 'Raum suchen',
  shortcut: 'Strg + K',
  noMatch: 'Kein Raum mit diesem Namen',
  noMatchBody: 'Durchsucht werden nur Räume, in denen Sie sind.',
  empty: 'Noch keine Räume',
  emptyBody: 'Sobald Sie jemand einlädt, erscheint der Raum hier.',
  chooseTitle: 'Wählen Sie einen Raum',
  chooseBody:
    'Links sehen Sie Ihre Gespräche. Öffnen Sie eines, zeigt das Schildsymbol oben, ob es verschlüsselt ist.',
  backToList: 'Zurück zu den Räumen',
  you: 'Sie',
  unread: (count) =>
    plural(count, { one: '# ungelesene Nachricht', other: '# ungelesene Nachrichten' }),
  highlights: (count) =>
    plural(count, { one: '# Erwähnung von Ihnen', other: '# Erwähnungen von Ihnen' }),
  invitation: 'Einladung',
  invitedTitle: (room) => `Sie sind in „${room}“ eingeladen`,
  invitedBody:
    'Nehmen Sie an, um hier zu lesen und zu schreiben. Bis dahin sieht niemand, was Sie tun.',
  accept: 'Annehmen',
  decline: 'Ablehnen',
  encrypted: 'Ende-zu-Ende-verschlüsselt',
  notEncrypted: 'Nicht verschlüsselt',
  encryptedExplained: 'Nur die Personen in diesem Raum können lesen, was hier geschrieben wird.',
  notEncryptedExplained:
    'Nachrichten sind hier nicht Ende-zu-Ende-verschlüsselt; die Administration des Servers kann sie lesen.',
  attachment: {
    image: (name) => `Bild: ${name}`,
    video: (name) => `Video: ${name}`,
    audio: (name) => `Audio: ${name}`,
    file: (name) => `Datei: ${name}`,
  },
  attachmentLater: 'Anhänge kann Holdfast noch nicht öffnen.',
  redacted: 'Nachricht gelöscht',
  unsupported: 'Eine Art von Nachricht, die Holdfast noch nicht anzeigen kann',
  shield: {
    encrypted: 'Verschlüsselt. Nur die Personen in diesem Raum können sie lesen.',
    unverified_sender:
      'Verschlüsselt, von einer Person, deren Identität Sie nicht verifiziert haben.',
    unknown_device: 'Verschlüsselt, von einem nicht bestätigten oder gelöschten Gerät.',
    authenticity_not_guaranteed:
      'Verschlüsselt. Der Schlüssel kam aus einer Sicherung oder Datei, deshalb ist die Urheberschaft nicht beweisbar.',
    not_encrypted: 'Nicht verschlüsselt, obwohl es der Raum ist.',
  },
  timeline: {
    label: (room) => `Nachrichten in ${room}`,
    start: 'Hier beginnt das Gespräch.',
    loadingOlder: 'Frühere Nachrichten werden geladen',
    newest: 'Zur neuesten Nachricht',
    newMessages: (count) => plural(count, { one: '# neue Nachricht', other: '# neue Nachrichten' }),
    firstUnread: 'Neu',
    nothing: 'Hier wurde noch nichts geschrieben',
    sending: 'Wird gesendet',
    failed: 'Nicht gesendet',
    heldBack: {
      identity_changed:
        'In diesem Gespräch hat sich eine Identität geändert. Sehen Sie über dem Eingabefeld nach und senden Sie dann erneut.',
      policy_required:
        'Ihre Organisation verlangt zuerst eine Schlüsselsicherung. Richten Sie sie ein und senden Sie dann erneut.',
      verify_own_first: 'Verifizieren Sie zuerst dieses Gerät und senden Sie dann erneut.',
    },
    retry: 'Erneut senden',
    discard: 'Verwerfen',
    sent: 'Gesendet',
  },
  change: {
    joined: (who) => `${who} ist beigetreten`,
    left: (who) => `${who} hat den Raum verlassen`,
    invited: (who) => `${who} wurde eingeladen`,
    removed: (who) => `${who} wurde entfernt`,
    banned: (who) => `${who} wurde verbannt`,
    room_created: 'Der Raum wurde angelegt',
    encryption_enabled: 'Nachrichten sind hier ab jetzt Ende-zu-Ende-verschlüsselt',
    room_named: (name) => `Der Raum heißt jetzt „${name}“`,
  },
  composer: {
    label: (room) => `Nachricht an ${room}`,
    encrypted: 'Verschlüsselte Nachricht',
    plain: 'Nachricht (nicht verschlüsselt)',
    send: 'Senden',
    tooLong: (count) => plural(count, { one: '# Zeichen zu viel', other: '# Zeichen zu viel' }),
    hint: 'Eingabetaste sendet, Umschalt + Eingabetaste beginnt eine neue Zeile',
  },
};
