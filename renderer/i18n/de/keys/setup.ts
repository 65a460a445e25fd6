import { grammarOf, type Translation } from '../../language';
import type { setup as source } from '../../en/keys/setup';

const { number, plural } = grammarOf('de');

/** After prepositions with the genitive or dative alike: „der Verlauf von …“. */
const rooms = (count: number): string =>
  plural(count, { one: 'einem verschlüsselten Raum', other: '# verschlüsselten Räumen' });

export const setup: Translation<typeof source> = {
  setup: {
    stepsLabel: 'Schlüsselsicherung einrichten',
    steps: ['Wählen', 'Speichern', 'Prüfen', 'Sichern'],
    title: 'Damit Ihre Nachrichten lesbar bleiben',
    lead: 'Die Schlüssel zu Ihren verschlüsselten Nachrichten liegen nur auf Ihren eigenen Geräten. Mit der Schlüsselsicherung lesen Sie alles auch auf einem neuen Gerät, selbst wenn dieses hier verloren geht.',
    question: 'Womit möchten Sie die Sicherung öffnen?',
    key: 'Mit einem Wiederherstellungs\u00ADschlüssel',
    keyBadge: 'Empfohlen',
    keyDescription:
      'Holdfast erzeugt einen starken Schlüssel aus 48 Zeichen. Sie speichern ihn und drucken ihn aus.',
    phrase: 'Mit einer Sicherheitsphrase',
    phraseDescription:
      'Sie wählen Wörter, die Sie sich merken. Dazu bekommen Sie einen Wiederherstellungsschlüssel, falls Sie sie vergessen.',
    sealed: 'Ihr Server bewahrt die Sicherung auf, kann sie aber nicht öffnen.',
    required:
      'Ihre Organisation verlangt die Schlüsselsicherung. Dieser Schritt lässt sich deshalb nicht überspringen.',
    skip: 'Vorerst überspringen',
    begin: 'Schlüsselsicherung einrichten',
  },
  phrase: {
    title: 'Wählen Sie eine Sicherheitsphrase',
    lead: 'Vier oder mehr Wörter, die nicht zusammengehören, sind leicht zu merken und schwer zu erraten. Nehmen Sie nicht Ihr Kontopasswort.',
    entry: 'Sicherheitsphrase',
    repeated: 'Dieselbe Phrase noch einmal',
    strength: 'Stärke',
    words: [
      'Sehr leicht zu erraten',
      'Leicht zu erraten',
      'Noch nicht stark genug',
      'Stark',
      'Sehr stark',
    ],
    empty: 'Noch nichts eingegeben',
    tooWeak: 'Diese Phrase ist noch nicht stark genug. Ergänzen Sie ein, zwei Wörter.',
    matches: 'Beide Eingaben stimmen überein.',
    emptyError: 'Bitte geben Sie eine Phrase ein.',
    repeatError: 'Bitte geben Sie die Phrase ein zweites Mal ein.',
    weaknessesLabel: 'Was sie schwach macht',
    weaknesses: {
      too_short: 'Sie ist kurz.',
      common_password:
        'Sie enthält ein Passwort, das viele verwenden; solche werden zuerst ausprobiert.',
      common_words:
        'Sie besteht aus wenigen gängigen Wörtern. Ergänzen Sie weitere, die nicht zusammengehören.',
      names: 'Namen sind leicht zu erraten.',
      personal: 'Sie enthält Ihren Namen, Ihren Server oder Ihren Benutzernamen.',
      keyboard_pattern: 'Diese Tasten liegen auf der Tastatur nebeneinander.',
      repetition: 'Teile davon wiederholen sich.',
      sequence: 'Folgen wie „abc“ oder „123“ sind leicht zu erraten.',
      date: 'Daten und Jahreszahlen sind leicht zu erraten.',
    },
  },
  present: {
    // The soft hyphen lets the longest word of all break in a narrow window.
    title: 'Ihr Wiederherstellungs\u00ADschlüssel',
    lead: 'Bewahren Sie ihn an zwei Orten auf: als Datei und auf Papier. Wer ihn hat, kann Ihre Nachrichten lesen; ohne ihn kann niemand sie zurückholen, auch Ihr Server nicht.',
    label: 'Wiederherstellungsschlüssel',
    notYet: 'Noch nicht erledigt',
    save: 'Als Textdatei speichern',
    saved: (fileName) => (fileName === null ? 'Gespeichert' : `Gespeichert als ${fileName}`),
    print: 'Blatt drucken',
    printed: 'An den Drucker gegeben',
    bothNote: 'Am besten beides: Dateien gehen mit dem Computer verloren, Papier beim Umzug.',
    more: 'Weitere Möglichkeiten',
    pdf: 'Als PDF speichern',
    pdfSaved: 'PDF gespeichert',
    copy: 'Kopieren',
    copied: 'Kopiert. Holdfast leert die Zwischenablage nach einer Minute.',
    where: 'Wo er gut liegt',
    good: 'Gute Orte: ein Passwortmanager, ein verschlüsselter USB-Stick, eine abschließbare Schublade.',
    bad: 'Schlechte Orte: nur dieser Computer, das Postfach, ein Foto, die Laptoptasche.',
    next: 'Ich habe ihn gespeichert',
  },
  prove: {
    title: 'Prüfen Sie Ihre Kopie',
    lead: 'Der Schlüssel ist jetzt verborgen. Nehmen Sie Ihre Datei oder das gedruckte Blatt zur Hand und zeigen Sie, dass die Kopie stimmt.',
    ways: 'Wie möchten Sie prüfen?',
    byGroups: 'Drei Gruppen eingeben',
    byFile: 'Datei auswählen',
    byPhrase: 'Phrase eingeben',
    groupsHint: 'Die Gruppen sind Zeile für Zeile von 1 bis 12 nummeriert.',
    group: (group) => `Gruppe ${number(group)}`,
    fileHint:
      'Wählen Sie die Textdatei, die Sie eben gespeichert haben. Holdfast vergleicht sie mit Ihrem Schlüssel.',
    chooseFile: 'Textdatei auswählen',
    phraseHint: 'Geben Sie Ihre Sicherheitsphrase noch einmal ein, aus dem Gedächtnis.',
    phrase: 'Sicherheitsphrase',
    check: 'Prüfen',
    show: 'Schlüssel noch einmal zeigen',
    groupIncomplete: 'Eine Gruppe hat vier Zeichen.',
    groupImpossible: '0, O, I und l kommen in einem Wiederherstellungsschlüssel nicht vor.',
    groupDiffers: 'Das weicht von Ihrem Schlüssel ab. Vergleichen Sie mit Ihrer Kopie.',
    fileDiffers:
      'Diese Datei enthält nicht Ihren neuen Schlüssel. Ist es vielleicht eine ältere Datei?',
    phraseDiffers:
      'Das ist nicht die Phrase, die Sie gewählt haben. Achten Sie auf Großschreibung und Leerzeichen.',
  },
  secure: {
    title: 'Ihre Schlüssel werden gesichert',
    stoppedTitle: 'Ihre Schlüssel sind noch nicht gesichert',
    lead: 'Das dauert einige Sekunden. Bitte lassen Sie Holdfast geöffnet.',
    identity: 'Ihre Identität, damit Ihre Geräte einander erkennen',
    secret_storage: 'Geheimnisspeicher, den nur Ihr Wiederherstellungsschlüssel öffnet',
    backup: 'Schlüsselsicherung auf Ihrem Server',
    uploading: 'Ihre Schlüssel werden hochgeladen',
    remaining: (count) => plural(count, { one: 'Noch ein Schlüssel', other: 'Noch # Schlüssel' }),
    failed: 'Das hat noch nicht geklappt',
    kept: 'Es ist nichts verloren: Was erledigt ist, bleibt erledigt, und Ihr Wiederherstellungsschlüssel bleibt derselbe.',
    password: 'Kontopasswort',
    passwordHint: 'Der Server möchte sichergehen, dass Sie es sind.',
    passwordMissing: 'Bitte geben Sie Ihr Kontopasswort ein.',
    confirm: 'Bestätigen',
    later: 'Im Hintergrund fortsetzen',
    stop: 'Später',
    stopHint:
      'Sie können auch hier aufhören. Bewahren Sie dann diesen Wiederherstellungsschlüssel auf: Holdfast fragt vielleicht danach, wenn Sie weitermachen.',
  },
  done: {
    title: 'Ihre Schlüssel sind sicher',
    lead: (count) =>
      count === null || count === 0
        ? 'Jeder Schlüssel, den dieses Gerät künftig erhält, kommt in die Sicherung.'
        : plural(count, {
            one: 'Ein Schlüssel ist gesichert. Jeder neue kommt von selbst hinzu.',
            other: '# Schlüssel sind gesichert. Jeder neue kommt von selbst hinzu.',
          }),
    newDevice:
      'Auf einem neuen Gerät melden Sie sich an und geben Ihren Wiederherstellungsschlüssel ein. Dann wird alles lesbar.',
    newDevicePhrase:
      'Auf einem neuen Gerät melden Sie sich an und geben Ihre Sicherheitsphrase ein. Dann wird alles lesbar.',
    keep: 'Bewahren Sie Datei und Blatt so auf, dass Sie sie auch in zwei Jahren finden.',
    finish: 'Zu meinen Nachrichten',
  },
  skip: {
    title: 'Ohne Schlüsselsicherung geht das verloren',
    lead: 'Solange es keine Sicherung gibt, liegen die Schlüssel zu Ihren Nachrichten nur auf diesem Gerät.',
    device: (count) =>
      count === 0
        ? 'Geht dieses Gerät verloren oder kaputt, kann niemand Ihre verschlüsselten Nachrichten je wieder lesen.'
        : `Geht dieses Gerät verloren oder kaputt, kann niemand den Verlauf von ${rooms(count)} je wieder lesen.`,
    signOut: 'Melden Sie sich ab, bleiben die Schlüssel auf diesem Computer, und nirgends sonst.',
    newDevice: 'Auf einem neuen Gerät bleibt alles gesperrt, was vorher geschrieben wurde.',
    nobody: 'Weder Ihr Server noch Ihr Helpdesk kann es zurückholen.',
    reminder:
      'Holdfast erinnert Sie. Das Einrichten dauert etwa zwei Minuten, wann immer Sie möchten.',
    setUp: 'Schlüsselsicherung einrichten',
    skip: 'Trotzdem überspringen',
  },
  reminder: {
    setUpTitle: 'Ihre Schlüssel liegen nur auf diesem Gerät',
    setUp: (count) =>
      count === 0
        ? 'Richten Sie die Schlüsselsicherung ein, damit Ihre verschlüsselten Nachrichten den Verlust dieses Geräts überstehen.'
        : `Richten Sie die Schlüsselsicherung ein, damit der Verlauf von ${rooms(count)} den Verlust dieses Geräts übersteht.`,
    setUpAction: 'Einrichten',
    restoreTitle: 'Noch nicht mit Ihrer Schlüsselsicherung verbunden',
    restore:
      'Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein: Dann liest dieses Gerät, was in der Sicherung liegt, und fügt die eigenen Schlüssel hinzu.',
    restoreAction: 'Entsperren',
    later: 'Später',
  },
};
