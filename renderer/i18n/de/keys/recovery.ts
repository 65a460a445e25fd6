import { grammarOf, type Translation } from '../../language';
import type { recovery as source } from '../../en/keys/recovery';

const { number, plural } = grammarOf('de');

export const recovery: Translation<typeof source> = {
  restore: {
    title: 'Entsperren Sie Ihre Nachrichten',
    lead: 'Ihr Konto hat eine Schlüsselsicherung. Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein, dann kann dieses Gerät Ihre früheren Nachrichten lesen.',
    leadKeyOnly:
      'Ihr Konto hat eine Schlüsselsicherung. Geben Sie Ihren Wiederherstellungsschlüssel ein, dann kann dieses Gerät Ihre früheren Nachrichten lesen.',
    entry: 'Wiederherstellungsschlüssel oder Sicherheitsphrase',
    entryKeyOnly: 'Wiederherstellungsschlüssel',
    entryHint:
      'Nicht Ihr Kontopasswort. Leerzeichen und Zeilenumbrüche in einem Schlüssel spielen keine Rolle.',
    empty: 'Bitte geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein.',
    emptyKeyOnly: 'Bitte geben Sie Ihren Wiederherstellungsschlüssel ein.',
    looksLikeKey: (entered) => `Wiederherstellungsschlüssel: ${number(entered)} von 48 Zeichen`,
    keyComplete: 'Wiederherstellungsschlüssel: vollständig und ohne Tippfehler',
    impossible: (groups) =>
      `Bitte sehen Sie sich ${groups.length === 1 ? 'Gruppe' : 'die Gruppen'} ${groups.map(number).join(', ')} an: Die Zeichen 0, O, I und l kommen in einem Wiederherstellungsschlüssel nicht vor.`,
    mistyped: 'Alle 48 Zeichen sind da, aber in einem davon steckt ein Tippfehler.',
    tooLong:
      'Das ist länger als ein Wiederherstellungsschlüssel: Er hat 48 Zeichen in 12 Vierergruppen.',
    switchesOn:
      'Die Schlüsselsicherung ist für Ihr Konto ausgeschaltet. Mit Schlüssel oder Phrase schalten Sie sie wieder ein, für alle Ihre Geräte.',
    submit: 'Entsperren',
    or: 'oder',
    choose: 'Datei oder Foto auswählen',
    drop: 'Die gespeicherte Textdatei, das PDF oder ein Bild des ausgedruckten Blatts. Sie können es auch hierher ziehen.',
    dropHere: 'Datei hier ablegen',
    dropTooLarge: 'Diese Datei ist zu groß für einen gespeicherten Wiederherstellungsschlüssel.',
    without: 'Ich habe meinen Schlüssel nicht',
    later: 'Nicht jetzt',
    checking: 'Wird geprüft',
    restoringTitle: 'Ihre Nachrichten werden entsperrt',
    restoringLead: 'Die neuesten Räume kommen zuerst. Sie können währenddessen weiterarbeiten.',
    progress: 'Wiederhergestellte Schlüssel',
    progressOf: (done, total) => `${number(done)} von ${number(total)}`,
    timeLeft: (duration) => `Noch etwa ${duration}`,
    background: 'Im Hintergrund fortsetzen',
    pause: 'Pausieren',
    goOn: 'Fortsetzen',
    pausedTitle: 'Die Wiederherstellung ist pausiert',
    pausedLead:
      'Sie geht weiter, wenn Sie es sagen, auch nach einem Neustart. Was schon da ist, bleibt.',
    interruptedTitle: 'Die Wiederherstellung wurde unterbrochen',
    interrupted: (done, total) =>
      `${number(done)} von ${plural(total, { one: 'einem Schlüssel', other: '# Schlüsseln' })} sind schon da. Es geht dort weiter, wo es aufgehört hat.`,
    resume: 'Wiederherstellung fortsetzen',
    doneTitle: 'Ihre Nachrichten sind lesbar',
    doneLead: (imported) =>
      imported === 0
        ? 'Die Sicherung ist geöffnet; sie enthielt keine Schlüssel, die hier fehlten.'
        : plural(imported, {
            one: 'Ein Schlüssel wurde auf diesem Gerät wiederhergestellt.',
            other: '# Schlüssel wurden auf diesem Gerät wiederhergestellt.',
          }),
    gapsTitle: 'Ihre Nachrichten sind lesbar, mit Lücken',
    nothingTitle: 'Die Sicherung war nicht lesbar',
    nothing: 'Sie ist geöffnet, aber keiner ihrer Schlüssel ließ sich hierher holen.',
    doneBackup: 'Ab jetzt fügt dieses Gerät seine Schlüssel von selbst der Sicherung hinzu.',
    failedTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel der Sicherung war nicht lesbar',
        other: '# Schlüssel der Sicherung waren nicht lesbar',
      }),
    failed:
      'Nachrichten, die sie brauchen, bleiben hier gesperrt. Liest ein anderes Gerät sie noch, lassen Sie es angemeldet.',
    failedKeys: (count) => plural(count, { one: 'ein Schlüssel', other: '# Schlüssel' }),
    moreRooms: (count) => `Alle ${number(count)} Räume anzeigen`,
    leftRoom: 'Ein verlassener Raum',
    finish: 'Zu meinen Nachrichten',
    close: 'Schließen',
  },
  skipRestore: {
    title: 'Frühere Nachrichten gesperrt lassen?',
    lead: 'Was ab jetzt geschrieben wird, können Sie lesen. Alles Frühere bleibt auf diesem Gerät gesperrt.',
    nothingLost: 'Es geht nichts verloren: Die Sicherung bleibt auf Ihrem Server.',
    anytime: 'Sie können Schlüssel oder Phrase jederzeit eingeben; Holdfast erinnert Sie daran.',
    notAdded:
      'Bis dahin kann dieses Gerät seine neuen Schlüssel nicht in die Sicherung legen. Geht es verloren, sind auch sie verloren.',
    unlock: 'Jetzt entsperren',
    skip: 'Vorerst gesperrt lassen',
  },
  without: {
    title: 'Wenn der Wiederherstellungs\u00ADschlüssel fehlt',
    lead: 'Nehmen Sie sich Zeit: Durch Warten wird nichts gelöscht. Eines davon hilft oft.',
    lookTitle: 'Sehen Sie noch einmal nach',
    look: 'Suchen Sie eine Datei, deren Name mit „Wiederherstellungsschlüssel“ beginnt: in Ihren Dokumenten, auf einem USB-Stick, im Passwortmanager. Oder ein Blatt mit zwölf Gruppen zu vier Zeichen. In anderen Apps heißt er „Sicherheitsschlüssel“.',
    deviceTitle: 'Ist noch ein anderes Gerät angemeldet?',
    device:
      'Dann liegen Ihre Schlüssel dort. Melden Sie sich auf ihm nicht ab. Verifizieren Sie dieses Gerät damit, dann kommen Ihre Schlüssel von selbst hierher. Erstellen Sie danach dort einen neuen Wiederherstellungsschlüssel.',
    deskTitle: 'Fragen Sie Ihren Helpdesk',
    desk: 'Er kann die Sicherung nicht öffnen: Ohne Ihren Schlüssel kann das niemand. Aber er kann Ihnen sagen, welche Ihrer Geräte noch angemeldet sind.',
    lostTitle: 'Was gesperrt bleibt',
    lost: 'Ohne Schlüssel, Phrase oder anderes Gerät sind Nachrichten, die vor heute geschrieben wurden, auf diesem Gerät nicht lesbar. Sie bleiben verschlüsselt auf dem Server und öffnen sich, sobald der Schlüssel auftaucht. Neue Nachrichten sind nicht betroffen.',
    back: 'Schlüssel oder Phrase eingeben',
    later: 'Nicht jetzt',
  },
  background: {
    restoring: 'Ihre früheren Nachrichten werden entsperrt',
    interrupted: 'Die Wiederherstellung Ihrer früheren Nachrichten wurde unterbrochen.',
    paused: 'Die Wiederherstellung Ihrer früheren Nachrichten ist pausiert.',
    open: 'Anzeigen',
    resume: 'Fortsetzen',
  },
};
