import { grammarOf, type Translation } from '../language';
import type { accounts as source } from '../en/accounts';

const { plural, number: digits } = grammarOf('de');

export const accounts: Translation<typeof source> = {
  chooseTitle: 'Wer benutzt Holdfast?',
  chooseLead: 'Jedes Konto auf diesem Computer hat eigene Nachrichten und Schlüssel.',
  list: 'Konten auf diesem Computer',
  numbered: (number) => `Konto ${String(number)}`,
  lastUsed: 'Zuletzt benutzt',
  add: 'Konto hinzufügen',
  none: 'Auf diesem Computer ist kein Konto mehr.',
  removed: (folder) =>
    `Das Konto wurde entfernt. Gelöscht wurde nichts: Seine Dateien liegen verschlüsselt im Ordner „${folder}“ seines Profils.`,
  others: 'Konten',
  switch: 'Konto wechseln',
  signInFailed: 'Die Anmeldung hat nicht geklappt',
  leave: {
    title: { choose: 'Konto wechseln?', add: 'Weiteres Konto hinzufügen?' },
    waiting: (count) =>
      plural(count, {
        one: 'Ein Schlüssel ist noch nicht gesichert.',
        other: '# Schlüssel sind noch nicht gesichert.',
      }),
    notBackedUp: 'Ihre Schlüssel sind nicht gesichert.',
    keysStay:
      'Ihre Schlüssel bleiben auf diesem Computer. Für dieses Konto wird nichts gesendet und empfangen, bis Sie es wieder öffnen.',
    draftLost: 'Angefangene, nicht gesendete Nachrichten werden verworfen.',
    go: { choose: 'Wechseln', add: 'Konto hinzufügen' },
    stay: 'Hier bleiben',
  },
  settings: {
    title: 'Dieses Konto auf diesem Computer',
    name: 'Name in der Liste der Konten',
    nameHint:
      'Er ist zu sehen, bevor das Konto geöffnet ist: Alle, die dasselbe Benutzerkonto am Computer verwenden, können ihn lesen.',
    save: 'Namen speichern',
    saved: 'Name gespeichert',
    lock: 'Mit einem App-Kennwort sperren',
    lockHint:
      'Ein App-Kennwort hält alle anderen fern, die dasselbe Benutzerkonto am Computer verwenden. Es ist nicht Ihr Kontopasswort.',
    lockNeedsKey:
      'Für die Sperre ist Ihr Wiederherstellungsschlüssel nötig, falls Sie das App-Kennwort einmal vergessen.',
    locked: 'Ein App-Kennwort sperrt dieses Konto. Holdfast fragt bei jedem Öffnen danach.',
    unlock: 'Nicht mehr danach fragen',
    remove: 'Von diesem Computer entfernen',
  },
  lock: {
    title: 'Dieses Konto sperren',
    lead: 'Wer es auf diesem Computer öffnen will, braucht dieses App-Kennwort, auch Sie selbst. Haben Sie es vergessen, öffnet es Ihr Wiederherstellungsschlüssel.',
    confirm: 'Sperren',
    done: 'Gesperrt. Ab dem nächsten Öffnen fragt Holdfast nach dem App-Kennwort.',
  },
  remove: {
    title: 'Dieses Konto von diesem Computer entfernen?',
    lead: 'Sie werden hier abgemeldet, und das Konto verschwindet aus der Liste. Ihr Konto auf dem Server und Ihre anderen Geräte bleiben, wie sie sind.',
    checking: 'Es wird geprüft, was auf diesem Computer liegt',
    safe: (count) =>
      plural(count, {
        one: 'Der eine Schlüssel auf diesem Computer ist in Ihrer Schlüsselsicherung.',
        other: 'Alle # Schlüssel auf diesem Computer sind in Ihrer Schlüsselsicherung.',
      }),
    keysHere: (count) =>
      plural(count, {
        one: 'Ein Schlüssel auf diesem Computer ist hier dann nicht mehr zur Hand.',
        other: '# Schlüssel auf diesem Computer sind hier dann nicht mehr zur Hand.',
      }),
    waiting: (count) =>
      `${digits(count)} davon ${count === 1 ? 'ist' : 'sind'} in keiner Sicherung. Was sich nur damit öffnen lässt, ist auf keinem anderen Gerät lesbar.`,
    unknown:
      'Wie viele Schlüssel auf diesem Computer in keiner Sicherung sind, ist gerade nicht bekannt.',
    kept: 'Gelöscht wird nichts: Die Dateien kommen, verschlüsselt wie sie sind, in einen eigenen Ordner. Ihr Helpdesk kann sie zurückholen.',
    accept: 'Ich nehme in Kauf, dass diese Nachrichten unlesbar werden können.',
    typed: 'Geben Sie zur Bestätigung Ihre Adresse ein',
    mismatch: 'Das ist nicht die Adresse dieses Kontos.',
    confirm: 'Abmelden und entfernen',
  },
};
