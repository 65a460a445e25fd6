import { grammarOf, type Translation } from '../language';
import type { accounts as source } from '../en/accounts';

const { plural, number: digits } = grammarOf('de');

export const accounts: Translation<typeof source> = {
  chooseTitle: 'Wer benutzt Holdfast?',
  chooseLead: 'Jedes Konto auf diesem Gerät hat eigene Nachrichten und Schlüssel.',
  list: 'Konten auf diesem Gerät',
  numbered: (number) => `Konto ${String(number)}`,
  lastUsed: 'Zuletzt benutzt',
  add: 'Konto hinzufügen',
  none: 'Auf diesem Gerät ist kein Konto mehr.',
  removed: (folder) =>
    `Das Konto wurde entfernt. Gelöscht wurde nichts: Seine Dateien liegen verschlüsselt im Ordner „${folder}“ seines Profils.`,
  others: 'Konten',
  switch: 'Konto wechseln',
  signInFailed: 'Die Anmeldung hat nicht geklappt',
  leave: {
    waiting: (count) =>
      plural(count, {
        one: '# Schlüssel ist noch nicht gesichert',
        other: '# Schlüssel sind noch nicht gesichert',
      }),
    notBackedUp: 'Ihre Schlüssel sind nicht gesichert',
    draft: 'Sie haben noch nicht alles gesendet',
    keysStay:
      'Ihre Schlüssel bleiben auf diesem Gerät. Für dieses Konto wird nichts gesendet und empfangen, bis Sie es wieder öffnen.',
    draftLost: 'Was Sie geschrieben und nicht gesendet haben, wird nicht aufbewahrt.',
    go: 'Weiter',
    stay: 'Hier bleiben',
  },
  settings: {
    title: 'Dieses Konto auf diesem Gerät',
    name: 'Name in der Liste der Konten',
    nameHint:
      'Er ist zu sehen, bevor das Konto geöffnet ist: Alle, die dieses Benutzerkonto des Geräts verwenden, können ihn lesen.',
    save: 'Namen speichern',
    saved: 'Gespeichert',
    lock: 'Mit einem Kennwort sperren',
    lockHint: 'Ein Kennwort hält alle anderen fern, die dieses Benutzerkonto des Geräts verwenden.',
    lockNeedsKey:
      'Für die Sperre ist Ihr Wiederherstellungsschlüssel nötig, falls Sie das Kennwort einmal vergessen.',
    locked: 'Ein Kennwort sperrt dieses Konto. Holdfast fragt bei jedem Öffnen danach.',
    unlock: 'Nicht mehr danach fragen',
    remove: 'Von diesem Gerät entfernen',
  },
  lock: {
    title: 'Dieses Konto sperren',
    lead: 'Wer es auf diesem Gerät öffnen will, braucht dieses Kennwort, auch Sie selbst. Haben Sie es vergessen, öffnet es Ihr Wiederherstellungsschlüssel.',
    confirm: 'Sperren',
    done: 'Gesperrt. Ab dem nächsten Öffnen fragt Holdfast nach dem Kennwort.',
  },
  remove: {
    title: 'Dieses Konto von diesem Gerät entfernen?',
    lead: 'Sie werden hier abgemeldet, und das Konto verschwindet aus der Liste. Ihr Konto auf dem Server und Ihre anderen Geräte bleiben, wie sie sind.',
    checking: 'Es wird geprüft, was auf diesem Gerät liegt',
    safe: (count) =>
      plural(count, {
        one: 'Der eine Schlüssel auf diesem Gerät ist in Ihrer Schlüsselsicherung.',
        other: 'Alle # Schlüssel auf diesem Gerät sind in Ihrer Schlüsselsicherung.',
      }),
    keysHere: (count) =>
      plural(count, {
        one: 'Ein Schlüssel auf diesem Gerät ist hier dann nicht mehr zur Hand.',
        other: '# Schlüssel auf diesem Gerät sind hier dann nicht mehr zur Hand.',
      }),
    waiting: (count) =>
      `${digits(count)} davon ${count === 1 ? 'ist' : 'sind'} in keiner Sicherung. Was sich nur damit öffnen lässt, ist auf keinem anderen Gerät lesbar.`,
    unknown:
      'Wie viele Schlüssel auf diesem Gerät in keiner Sicherung sind, ist gerade nicht bekannt.',
    kept: 'Gelöscht wird nichts: Die Dateien kommen, verschlüsselt wie sie sind, in einen eigenen Ordner. Ihr Helpdesk kann sie zurückholen.',
    accept: 'Ich nehme in Kauf, dass diese Nachrichten unlesbar werden können.',
    typed: 'Geben Sie zur Bestätigung Ihre Adresse ein',
    mismatch: 'Das ist nicht die Adresse dieses Kontos.',
    confirm: 'Abmelden und entfernen',
  },
};
