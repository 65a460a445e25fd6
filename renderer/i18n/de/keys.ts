import { grammarOf, type Translation } from '../language';
import type { keys as source } from '../en/keys';

const { number, plural } = grammarOf('de');

/** After prepositions with the genitive or dative alike: „der Verlauf von …“. */
const rooms = (count: number): string =>
  plural(count, { one: 'einem verschlüsselten Raum', other: '# verschlüsselten Räumen' });
const keysOf = (count: number): string =>
  plural(count, { one: 'ein Schlüssel', other: '# Schlüssel' });

const removedKeys = (count: number | null, when: string): string =>
  count === null || count === 0
    ? `${when} werden sie entfernt.`
    : plural(count, {
        one: `${when} wird ein Schlüssel entfernt.`,
        other: `${when} werden # Schlüssel entfernt.`,
      });

export const keys: Translation<typeof source> = {
  setup: {
    stepsLabel: 'Schlüsselsicherung einrichten',
    steps: ['Wählen', 'Aufbewahren', 'Prüfen', 'Sichern'],
    title: 'Damit Ihre Nachrichten lesbar bleiben',
    lead: 'Die Schlüssel zu Ihren verschlüsselten Nachrichten liegen nur auf Ihren eigenen Geräten. Mit der Schlüsselsicherung lesen Sie alles auch auf einem neuen Gerät, selbst wenn dieses hier verloren geht.',
    question: 'Womit möchten Sie die Sicherung öffnen?',
    key: 'Mit einem Wiederherstellungsschlüssel',
    keyBadge: 'Empfohlen',
    keyDescription:
      'Holdfast erzeugt einen starken Schlüssel aus 48 Zeichen. Sie speichern ihn und drucken ihn aus.',
    phrase: 'Mit einer Sicherheitsphrase',
    phraseDescription:
      'Sie wählen Wörter, die Sie sich merken. Dazu bekommen Sie einen Wiederherstellungsschlüssel, falls Sie sie vergessen.',
    sealed: 'Ihr Server bewahrt die Sicherung auf, kann sie aber nicht öffnen.',
    required:
      'Ihre Einrichtung verlangt die Schlüsselsicherung. Dieser Schritt lässt sich deshalb nicht überspringen.',
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
    bothNote:
      'Am besten beides: Dateien gehen mit dem Computer verloren, Papier geht beim Umzug verloren.',
    more: 'Weitere Möglichkeiten',
    pdf: 'Als PDF speichern',
    pdfSaved: 'PDF gespeichert',
    copy: 'Kopieren',
    copied: 'Kopiert. Holdfast leert die Zwischenablage nach einer Minute.',
    where: 'Wo er gut liegt',
    good: 'Gute Orte: ein Passwortmanager, ein verschlüsselter USB-Stick, eine abschließbare Schublade.',
    bad: 'Schlechte Orte: nur dieser Computer, das Postfach, ein Foto, die Laptoptasche.',
    next: 'Ich habe ihn aufbewahrt',
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
    signOut: 'Wenn Sie sich abmelden, geschieht dasselbe sofort.',
    newDevice: 'Auf einem neuen Gerät bleibt alles gesperrt, was vorher geschrieben wurde.',
    nobody: 'Weder Ihr Server noch Ihr Helpdesk kann es zurückholen.',
    reminder: 'Holdfast erinnert Sie. Es dauert zwei Minuten, jederzeit.',
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
    restoreTitle: 'Frühere Nachrichten sind noch gesperrt',
    restore:
      'Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein, um sie auf diesem Gerät zu lesen.',
    restoreAction: 'Entsperren',
    healthTitle: 'Ihre Schlüsselsicherung braucht einen Blick',
    healthAction: 'Entsperren',
    later: 'Später',
  },
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
    looksLikeKey: (entered) => `Wiederherstellungsschlüssel: ${number(entered)} von 48 Zeichen`,
    keyComplete: 'Wiederherstellungsschlüssel: vollständig und ohne Tippfehler',
    impossible: (groups) =>
      `Bitte sehen Sie sich ${groups.length === 1 ? 'Gruppe' : 'die Gruppen'} ${groups.map(number).join(', ')} an: Die Zeichen 0, O, I und l kommen in einem Wiederherstellungsschlüssel nicht vor.`,
    mistyped: 'Alle 48 Zeichen sind da, aber in einem davon steckt ein Tippfehler.',
    tooLong:
      'Das ist länger als ein Wiederherstellungsschlüssel: Er hat 48 Zeichen in 12 Vierergruppen.',
    submit: 'Entsperren',
    or: 'oder',
    choose: 'Gespeicherte Textdatei auswählen',
    drop: 'Sie können die Datei auch hierher ziehen.',
    dropHere: 'Textdatei hier ablegen',
    dropTooLarge: 'Diese Datei ist zu groß für einen gespeicherten Wiederherstellungsschlüssel.',
    without: 'Ich habe ihn nicht',
    later: 'Nicht jetzt',
    checking: 'Wird geprüft',
    restoringTitle: 'Ihre Nachrichten werden entsperrt',
    restoringLead: 'Die neuesten Räume kommen zuerst. Sie können währenddessen weiterarbeiten.',
    progress: 'Wiederhergestellte Schlüssel',
    progressOf: (done, total) => `${number(done)} von ${number(total)}`,
    timeLeft: (duration) => `Noch etwa ${duration}`,
    background: 'Im Hintergrund fortsetzen',
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
    doneBackup: 'Ab jetzt fügt dieses Gerät seine Schlüssel von selbst der Sicherung hinzu.',
    failedTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel der Sicherung war nicht lesbar',
        other: '# Schlüssel der Sicherung waren nicht lesbar',
      }),
    failed:
      'Nachrichten, die sie brauchen, bleiben hier gesperrt. Liest ein anderes Gerät sie noch, lassen Sie es angemeldet.',
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
    title: 'Wenn Sie ihn nicht haben',
    lead: 'Nehmen Sie sich Zeit: Durch Warten wird nichts gelöscht. Eines davon hilft oft.',
    lookTitle: 'Sehen Sie noch einmal nach',
    look: 'Nach einer Datei, deren Name mit „Wiederherstellungsschlüssel“ beginnt, in Ihren Dokumenten, auf einem USB-Stick oder im Passwortmanager; nach einem Blatt mit zwölf Gruppen zu vier Zeichen. In anderen Programmen heißt er auch „Sicherheitsschlüssel“.',
    deviceTitle: 'Ist noch ein anderes Gerät angemeldet?',
    device:
      'Dann liegen Ihre Schlüssel dort. Melden Sie sich auf ihm nicht ab. Erzeugen Sie dort in den Sicherheitseinstellungen einen neuen Wiederherstellungsschlüssel und geben Sie diesen dann hier ein.',
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
    open: 'Anzeigen',
    resume: 'Fortsetzen',
  },
  signOut: {
    checkingTitle: 'Abmelden',
    checking: 'Es wird geprüft, ob alle Schlüssel gesichert sind',
    safeTitle: 'Von diesem Gerät abmelden?',
    safe: 'Alle Ihre Schlüssel sind gesichert. Beim nächsten Mal brauchen Sie nur Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase, um alles wieder zu lesen.',
    signOut: 'Abmelden',
    pendingTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel ist noch nicht gesichert',
        other: '# Schlüssel sind noch nicht gesichert',
      }),
    pending:
      'Nachrichten, die sie brauchen, wären nach dem Abmelden nicht mehr lesbar. Das Sichern dauert meist nur wenige Sekunden.',
    pendingOffline:
      'Im Augenblick besteht keine Verbindung. Die Sicherung geht weiter, sobald sie wieder da ist.',
    progress: 'Wird gesichert',
    remaining: (count) => plural(count, { one: 'Noch ein Schlüssel', other: 'Noch # Schlüssel' }),
    wait: 'Warten, dann abmelden',
    waiting: 'Sie werden abgemeldet, sobald der letzte Schlüssel sicher ist.',
    stopWaiting: 'Angemeldet bleiben',
    noBackupTitle: 'Ihre Schlüssel liegen nur auf diesem Gerät',
    noBackup: (roomCount, pending) => {
      const removed = removedKeys(pending, 'Beim Abmelden');
      return roomCount === 0
        ? `${removed} Nachrichten, die sie öffnen, könnte dann niemand mehr lesen.`
        : `${removed} Den Verlauf von ${rooms(roomCount)} könnte dann niemand mehr lesen.`;
    },
    setUp: 'Schlüsselsicherung einrichten',
    lockedTitle: 'Dieses Gerät gehört noch nicht zur Schlüsselsicherung',
    locked: (pending) =>
      `${pending !== null && pending > 0 ? `Noch nicht gesichert: ${keysOf(pending)}.` : 'Vielleicht sind noch nicht alle Schlüssel gesichert.'} Nach dem Abmelden wären sie weg. Geben Sie zuerst Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein, damit dieses Gerät sie sichern kann.`,
    stuckTitle: 'Ihre Schlüssel lassen sich im Augenblick nicht sichern',
    stuck: (pending) =>
      `${pending !== null && pending > 0 ? `Nur auf diesem Gerät: ${keysOf(pending)}.` : 'Vielleicht liegen einige Schlüssel nur auf diesem Gerät.'} Nach dem Abmelden wären sie weg. Bleiben Sie angemeldet oder exportieren Sie sie in eine Datei, und fragen Sie Ihren Helpdesk.`,
    uploadedTitle: 'Alle Schlüssel sind gesichert',
    unlock: 'Schlüssel oder Phrase eingeben',
    unknownTitle: 'Holdfast weiß nicht, ob Ihre Schlüssel sicher sind',
    unknown:
      'Der Server ist im Augenblick nicht erreichbar. Deshalb ist nicht gewiss, dass alle Schlüssel gesichert sind. Bitte warten Sie, bis die Verbindung wieder da ist.',
    again: 'Erneut prüfen',
    export: 'Schlüssel in eine Datei exportieren',
    anyway: 'Trotzdem abmelden',
    confirmTitle: 'Abmelden und Nachrichten verlieren?',
    confirm: (roomCount, pending) => {
      const where =
        roomCount === 0
          ? 'die Nachrichten, die sie öffnen'
          : `Nachrichten in bis zu ${rooms(roomCount)}`;
      if (pending !== null && pending > 0) {
        return `Verloren geht: ${keysOf(pending)}, nur auf diesem Gerät vorhanden, und damit ${where}.`;
      }
      return roomCount === 0
        ? 'Verloren gehen: die Schlüssel auf diesem Gerät und damit alle verschlüsselten Nachrichten, die sie öffnen.'
        : `Verloren gehen: die Schlüssel auf diesem Gerät und damit der Verlauf von ${rooms(roomCount)}.`;
    },
    confirmForever: 'Niemand kann sie später zurückholen, weder Ihr Server noch Ihr Helpdesk.',
    exported: (fileName) =>
      `Sie haben Ihre Schlüssel nach ${fileName} exportiert. Bewahren Sie die Datei und ihre Passphrase auf: Zusammen sind sie Ihre einzige Kopie.`,
    accept: 'Mir ist klar, dass ich diese Nachrichten dann nicht mehr lesen kann.',
    confirmAction: 'Abmelden und Nachrichten verlieren',
    back: 'Zurück',
  },
  export: {
    title: 'Schlüssel in eine Datei exportieren',
    lead: 'Die Datei enthält jeden Schlüssel dieses Geräts, verschlossen mit einer Passphrase, die Sie jetzt wählen. Matrix-Programme können sie importieren.',
    passphrase: 'Passphrase für die Datei',
    passphraseHint: 'Mindestens 12 Zeichen. Ohne sie lässt sich die Datei nicht öffnen.',
    repeated: 'Dieselbe Passphrase noch einmal',
    empty: 'Bitte geben Sie eine Passphrase ein.',
    mismatch: 'Die beiden Eingaben unterscheiden sich.',
    submit: 'Ort wählen und exportieren',
    done: (count, fileName) =>
      plural(count, {
        one: `Ein Schlüssel wurde nach ${fileName} exportiert.`,
        other: `# Schlüssel wurden nach ${fileName} exportiert.`,
      }),
  },
  quit: {
    pendingTitle: (count) =>
      plural(count, {
        one: 'Ein Schlüssel ist noch nicht gesichert',
        other: '# Schlüssel sind noch nicht gesichert',
      }),
    pending:
      'Sie bleiben auf diesem Gerät und werden gesichert, sobald Holdfast wieder geöffnet ist. Nur wenn dieses Gerät vorher verloren ginge, wären auch sie verloren.',
    noBackupTitle: 'Ihre Schlüssel liegen nur auf diesem Gerät',
    noBackup: (pending) =>
      `Beim Schließen bleiben Sie angemeldet, und ${pending !== null && pending > 0 ? keysOf(pending) : 'Ihre Schlüssel'} ${pending === 1 ? 'bleibt' : 'bleiben'} auf diesem Gerät. Geht es aber verloren, sind auch Ihre verschlüsselten Nachrichten verloren.`,
    unsureTitle: 'Ihre Schlüssel sind vielleicht nicht gesichert',
    unsure:
      'Beim Schließen bleiben Sie angemeldet: Die Schlüssel bleiben auf diesem Gerät, und Holdfast prüft erneut, sobald es wieder geöffnet ist.',
    uploadedTitle: 'Alle Schlüssel sind gesichert',
    uploaded: 'Sie können Holdfast jetzt beenden; es bleibt nichts zu tun.',
    wait: 'Warten, dann beenden',
    waiting: 'Holdfast wird beendet, sobald der letzte Schlüssel sicher ist.',
    setUp: 'Schlüsselsicherung einrichten',
    stay: 'Bleiben',
    quit: 'Jetzt beenden',
  },
  health: {
    title: 'Schlüsselzustand',
    states: {
      unknown: {
        title: 'Im Augenblick nicht bekannt',
        text: 'Der Server ist nicht erreichbar, deshalb kann Holdfast nicht sagen, wie es steht. Bis es das weiß, wird nichts verändert.',
      },
      ready: {
        title: 'Alles ist sicher',
        text: 'Alle Schlüssel sind gesichert, und Sie können die Sicherung auf einem neuen Gerät wieder öffnen.',
      },
      uploading: {
        title: 'Schlüssel werden gesichert',
        text: 'Neue Schlüssel sind auf dem Weg in die Sicherung. Sie brauchen nichts zu tun.',
      },
      needs_setup: {
        title: 'Ihre Schlüssel liegen nur auf diesem Gerät',
        text: 'Geht es verloren oder melden Sie sich ab, sind Ihre verschlüsselten Nachrichten nicht mehr lesbar. Richten Sie jetzt die Schlüsselsicherung ein.',
      },
      needs_restore: {
        title: 'Frühere Nachrichten sind gesperrt',
        text: 'Es gibt eine Schlüsselsicherung, aber dieses Gerät kann sie noch nicht öffnen. Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein.',
      },
      needs_verification: {
        title: 'Dieses Gerät ist nicht verifiziert',
        text: 'Ihre anderen Geräte wissen noch nicht, dass es Ihres ist. Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein, um es zu verifizieren.',
      },
      backup_changed: {
        title: 'Die Sicherung wurde ersetzt',
        text: 'Ein anderes Ihrer Geräte hat eine neue Sicherung angelegt. Dieses Gerät legt nichts hinein, bis Sie den neuen Wiederherstellungsschlüssel oder die neue Phrase eingegeben haben.',
      },
      backup_untrusted: {
        title: 'Der Sicherung ist nicht zu trauen',
        text: 'Nichts belegt, dass die Sicherung auf dem Server Ihre ist; deshalb legt dieses Gerät nichts hinein. Geben Sie zur Prüfung Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein.',
      },
      secrets_incomplete: {
        title: 'Auf diesem Gerät fehlt ein Teil',
        text: 'Dieses Gerät hat nicht alles, was es braucht, um die Sicherung fortzuführen. Geben Sie zum Ergänzen Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein.',
      },
      disabled_by_user: {
        title: 'Die Schlüsselsicherung ist ausgeschaltet',
        text: 'Sie wurde für dieses Konto ausgeschaltet. Ihre Schlüssel liegen nur auf Ihren Geräten; gehen diese verloren, gehen auch Ihre Nachrichten verloren.',
      },
      reset_required: {
        title: 'Die Sicherung lässt sich nicht mehr öffnen',
        text: 'Was man zum Öffnen braucht, liegt nicht mehr auf dem Server. Bleiben Sie auf allen Geräten angemeldet und fragen Sie Ihren Helpdesk, bevor Sie etwas ändern.',
      },
    },
    lights: {
      good: 'Gut',
      attention: 'Braucht Aufmerksamkeit',
      danger: 'In Gefahr',
      unknown: 'Unbekannt',
    },
    setUp: 'Schlüsselsicherung einrichten',
    unlock: 'Schlüssel oder Phrase eingeben',
    facts: 'Die Tatsachen',
    backedUp: 'Schlüssel in der Sicherung',
    pending: 'Noch nicht gesicherte Schlüssel',
    rooms: 'Verschlüsselte Räume',
    version: 'Version der Sicherung',
    opens: 'Was die Sicherung öffnet',
    opensKey: 'Schlüssel',
    opensBoth: 'Schlüssel oder Phrase',
    none: 'Keine',
    notKnown: 'Nicht bekannt',
  },
  banner: {
    action: 'Einzelheiten',
  },
};
