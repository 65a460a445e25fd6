import type { devices as source } from '../en/devices';
import { grammarOf, type Translation } from '../language';

const { plural } = grammarOf('de');

export const devices: Translation<typeof source> = {
  title: 'Ihre Geräte',
  intro: 'Alle Orte, an denen Sie angemeldet sind.',
  loading: 'Der Server wird nach Ihren Geräten gefragt',
  unavailable: 'Ihre Geräte konnten nicht abgefragt werden.',
  stale: 'Diese Liste ist vielleicht nicht mehr aktuell.',
  again: 'Noch einmal fragen',
  alone: 'Sie sind nur auf diesem Gerät angemeldet.',
  thisDevice: 'Dieses Gerät',
  unnamed: 'Gerät ohne Namen',
  trust: {
    verified: 'Verifiziert',
    unverified: 'Nicht verifiziert',
    no_keys: 'Kann verschlüsselte Nachrichten nicht lesen',
    unknown: 'Unbekannt, bis dieses Gerät verifiziert ist',
  },
  lastSeen: (when) => `Zuletzt gesehen: ${when}`,
  neverSeen: 'Zuletzt gesehen: nicht bekannt',
  noticed: (when) => `Angemeldet: ${when}`,
  verify: (name) => `${name} verifizieren`,
  verifyShort: 'Verifizieren',
  rename: (name) => `${name} umbenennen`,
  renameTitle: 'Gerät umbenennen',
  name: 'Name',
  nameHint: 'Andere in Ihren Räumen können diesen Namen sehen.',
  save: 'Speichern',
  signOut: (name) => `${name} abmelden`,
  signOutShort: 'Abmelden',
  signOutOthers: 'Andere Geräte abmelden …',
  newTitle: 'Neue Anmeldung: Waren Sie das?',
  newOne: (name, when) => `„${name}“ hat sich ${when} an Ihrem Konto angemeldet.`,
  newMore: (count) =>
    plural(count, { one: 'Ein weiteres Gerät ebenfalls.', other: '# weitere Geräte ebenfalls.' }),
  newVerify: 'Das war ich: verifizieren',
  notMe: 'Das war ich nicht',
  later: 'Später',
  signOutDialog: {
    title: 'Andere Geräte abmelden',
    which: 'Welche Geräte möchten Sie abmelden?',
    chosen: 'Zum Abmelden ausgewählt:',
    fine: 'Dieses Gerät kann Ihren Verlauf allein lesen: Ihre Schlüssel sind gesichert, und die Sicherung lässt sich hier öffnen.',
    others:
      'Schlüssel, die ein anderes Gerät noch nicht hochgeladen hat, sind von hier aus nicht zu sehen. Haben Sie es noch, öffnen Sie Holdfast dort und lassen Sie es eine Minute online, bevor Sie es abmelden.',
    obstacles: {
      unknown:
        'Ob dieses Gerät Ihren Verlauf allein lesen kann, ließ sich nicht feststellen. Prüfen Sie die Verbindung und fragen Sie noch einmal.',
      no_backup:
        'Es gibt keine Schlüsselsicherung. Was nur die anderen Geräte lesen können, wäre verloren. Richten Sie die Sicherung auf einem Gerät ein, das alles liest.',
      backup_broken:
        'Mit der Schlüsselsicherung stimmt etwas nicht. Was nur die anderen Geräte lesen können, wäre verloren. Was zu tun ist, steht in den Einstellungen unter „Schlüsselzustand“.',
      not_verified:
        'Dieses Gerät ist nicht verifiziert und hat deshalb keine Schlüssel der anderen. Verifizieren Sie es zuerst mit einem davon.',
      not_restored:
        'Auf diesem Gerät sind Ihre Schlüssel nicht wiederhergestellt. Was nur die anderen Geräte lesen können, wäre verloren. Geben Sie zuerst Ihren Wiederherstellungsschlüssel ein.',
      restoring:
        'Ihre Schlüssel werden auf diesem Gerät noch wiederhergestellt. Warten Sie, bis das fertig ist.',
      keys_pending:
        'Schlüssel dieses Geräts werden gerade noch hochgeladen. Das dauert einen Moment.',
    },
    accept:
      'Ich nehme in Kauf, dass Nachrichten, die nur diese Geräte lesen können, endgültig verloren sind.',
    checking: 'Es wird geprüft, ob dieses Gerät alles lesen kann',
    cancel: 'Abbrechen',
    action: (count) => plural(count, { one: 'Ein Gerät abmelden', other: '# Geräte abmelden' }),
    done: (count) =>
      plural(count, { one: 'Ein Gerät wurde abgemeldet.', other: '# Geräte wurden abgemeldet.' }),
  },
  notMeDialog: {
    title: 'Das waren Sie nicht',
    lead: (name) =>
      `„${name}“ wird abgemeldet. Wer es benutzt hat, kennt Ihr Passwort. Tun Sie deshalb dreierlei, in dieser Reihenfolge:`,
    signOut: 'Das Gerät abmelden.',
    password: 'Das Kontopasswort ändern, in der Kontoverwaltung Ihrer Organisation.',
    key: 'Einen neuen Wiederherstellungsschlüssel erstellen und den alten entfernen lassen, falls ihn jemand gesehen hat.',
    keyOffer:
      'Das Gerät ist abgemeldet. Ändern Sie jetzt Ihr Kontopasswort; erstellen Sie dann einen neuen Wiederherstellungsschlüssel. Der alte wird dabei entfernt, falls ihn jemand gesehen hat.',
    action: 'Abmelden',
    newKey: 'Neuen Wiederherstellungsschlüssel erstellen',
    close: 'Schließen',
    cancel: 'Abbrechen',
  },
  verifiedOnly: 'Nachrichten nur an verifizierte Geräte senden',
  verifiedOnlyExplained:
    'In allen Räumen. Personen, die Sie nicht verifiziert haben, können nicht lesen, was Sie senden, und erfahren den Grund.',
};
