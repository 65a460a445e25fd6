import type { Translation } from '../language';
import type { store as source } from '../en/store';

export const store: Translation<typeof source> = {
  whatToDo: 'Was Sie tun können',
  kept: 'Es wurde nichts gelöscht. Ihre Nachrichten und Schlüssel liegen weiterhin verschlüsselt auf diesem Computer.',
  stepKey:
    'Oder öffnen Sie sie mit Ihrem Wiederherstellungsschlüssel: Das geht ohne den Passwortspeicher und bringt alles wieder in Ordnung.',
  stepKeyOrPhrase:
    'Oder öffnen Sie sie mit Wiederherstellungsschlüssel oder Sicherheitsphrase: Das geht ohne den Passwortspeicher und bringt alles wieder in Ordnung.',
  stepAside:
    'Hilft nichts, legen Sie die Dateien beiseite und fangen Sie neu an. Sie bleiben erhalten; was in Ihrer Schlüsselsicherung liegt, holt der Wiederherstellungsschlüssel zurück.',
  stepAsideLast:
    'Nur wenn Sie beides nicht haben: Legen Sie die Dateien beiseite und fangen Sie neu an. Sie bleiben erhalten, falls der Schlüssel wieder auftaucht.',
  stepDesk: 'Sind Sie unsicher, fragen Sie Ihren Helpdesk, bevor Sie etwas ändern.',
  problems: {
    keychain_locked: {
      title: 'Ihr Passwortspeicher ist gesperrt',
      what: 'Der Schlüssel zu Ihren Nachrichten liegt im Passwortspeicher (Schlüsselbund) dieses Computers. Er ist gesperrt oder hat Holdfast nicht eingelassen.',
      steps: [
        'Entsperren Sie ihn mit dem Passwort, mit dem Sie sich am Computer anmelden. Das Fenster, das danach fragt, liegt manchmal hinter anderen.',
        'Wählen Sie dann „Erneut versuchen“.',
      ],
    },
    keychain_unavailable: {
      title: 'Ihr Passwortspeicher ist nicht erreichbar',
      what: 'Der Schlüssel zu Ihren Nachrichten liegt im Passwortspeicher (Schlüsselbund) dieses Computers, und der antwortet nicht.',
      steps: [
        'Melden Sie sich am Computer ab und wieder an (bei Windows, macOS oder Linux, nicht bei Holdfast); meist startet er dann. Unter Linux heißt er GNOME-Schlüsselbund oder KWallet.',
        'Wählen Sie dann „Erneut versuchen“.',
      ],
    },
    store_key_missing: {
      title: 'Der Schlüssel zu Ihren Nachrichten fehlt',
      what: 'Der Passwortspeicher (Schlüsselbund) dieses Computers antwortet, aber der Schlüssel zu Ihren Nachrichten liegt nicht darin. Das passiert, wenn er geleert oder ersetzt wurde oder noch gesperrt ist.',
      steps: ['Könnte er gesperrt sein, entsperren Sie ihn und wählen Sie „Erneut versuchen“.'],
    },
    store_key_wrong: {
      title: 'Dieser Schlüssel passt nicht zu Ihren Nachrichten',
      what: 'Im Passwortspeicher (Schlüsselbund) liegt ein Schlüssel, aber der zu anderen Nachrichten. Das passiert, wenn ein Profil von einem anderen Computer kopiert oder aus einer alten Kopie zurückgeholt wurde.',
      steps: [
        'Haben Sie den passenden Passwortspeicher, holen Sie ihn zurück und wählen Sie „Erneut versuchen“.',
      ],
    },
    store_damaged: {
      title: 'Die Datei mit Ihren Nachrichten ist beschädigt',
      what: 'Ein Teil davon lässt sich nicht mehr lesen, meist wegen eines schadhaften Datenträgers. Holdfast hat die Datei gelassen, wie sie ist.',
      steps: ['Wählen Sie „Erneut versuchen“: Manchmal war es nur eine kurze Störung.'],
    },
    store_newer: {
      title: 'Ihre Nachrichten brauchen ein neueres Holdfast',
      what: 'Sie wurden zuletzt mit einer neueren Version geöffnet; diese hier würde nicht alles darin verstehen.',
      steps: ['Aktualisieren Sie Holdfast auf diesem Computer und öffnen Sie es dann erneut.'],
    },
    store_in_use: {
      title: 'Holdfast ist bereits geöffnet',
      what: 'Ein anderes Holdfast arbeitet mit diesen Nachrichten. Zwei zugleich könnten sie beschädigen.',
      steps: [
        'Machen Sie im anderen Fenster weiter, oder schließen Sie es und wählen Sie „Erneut versuchen“.',
      ],
    },
    disk_full: {
      title: 'Der Datenträger ist voll',
      what: 'Holdfast braucht etwas Platz, um Ihre Nachrichten sicher zu öffnen.',
      steps: ['Schaffen Sie Platz; 500 MB sind reichlich.', 'Wählen Sie dann „Erneut versuchen“.'],
    },
    disk_read_only: {
      title: 'Holdfast darf nicht in seinen Ordner schreiben',
      what: 'Der Ordner mit Ihren Nachrichten ist schreibgeschützt oder gehört jemand anderem an diesem Computer.',
      steps: [
        'Geben Sie sich Schreibrechte daran, oder heben Sie den Schutz des Laufwerks auf.',
        'Wählen Sie dann „Erneut versuchen“.',
      ],
    },
    disk_error: {
      title: 'Der Datenträger meldet einen Fehler',
      what: 'Lesen oder Schreiben ist fehlgeschlagen. Holdfast hat aufgehört, damit nichts schlimmer wird.',
      steps: [
        'Ist es ein Netzlaufwerk oder ein Stick, prüfen Sie die Verbindung und wählen Sie „Erneut versuchen“.',
        'Tritt es wieder auf, machen Sie bald eine Kopie der Dateien dieses Computers.',
      ],
    },
    internal: {
      title: 'Ihre Nachrichten lassen sich gerade nicht öffnen',
      what: 'In Holdfast ist etwas schiefgegangen. Ihre Nachrichten und Schlüssel sind nicht betroffen.',
      steps: ['Wählen Sie „Erneut versuchen“, oder starten Sie Holdfast neu.'],
    },
  },
  byKey: {
    open: 'Mit Schlüssel öffnen',
    title: 'Mit dem Wiederherstellungs\u00ADschlüssel öffnen',
    lead: 'Ihr Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase öffnet die Nachrichten auf diesem Computer, auch ohne Verbindung.',
    leadKeyOnly:
      'Ihr Wiederherstellungsschlüssel öffnet die Nachrichten auf diesem Computer, auch ohne Verbindung.',
    submit: 'Öffnen',
  },
  aside: {
    open: 'Neu anfangen',
    title: 'Beiseitelegen und neu anfangen?',
    lead: 'Holdfast verschiebt, was sich nicht öffnen lässt, in einen eigenen Ordner, und Sie melden sich neu an.',
    nothingDeleted: 'Es wird nichts gelöscht: Die Dateien bleiben auf diesem Computer.',
    fromBackup:
      'Ihr Wiederherstellungsschlüssel holt alle Nachrichten zurück, deren Schlüssel in der Schlüsselsicherung liegen.',
    notInBackup:
      'Nachrichten, deren Schlüssel nur hier lagen, bleiben gesperrt, bis sich die Dateien wieder öffnen lassen.',
    accept: 'Ich habe das verstanden. Die Dateien beiseitelegen.',
    confirm: 'Beiseitelegen und neu anfangen',
    done: (folder) =>
      `Was sich nicht öffnen ließ, liegt im Ordner „${folder}“ Ihres Profils. Melden Sie sich an, um weiterzumachen.`,
  },
  passphrase: {
    chooseTitle: 'App-Kennwort wählen',
    chooseLead:
      'Dieser Computer hat keinen Passwortspeicher (Schlüsselbund), der den Schlüssel zu Ihren Nachrichten aufbewahren könnte. Deshalb schützt sie ein eigenes Kennwort, das Sie bei jedem Öffnen von Holdfast eingeben.',
    keychainInstead:
      'Lieber nicht? Schließen Sie Holdfast, richten Sie einen Passwortspeicher ein (unter Linux GNOME-Schlüsselbund oder KWallet) und öffnen Sie es dann erneut.',
    lockedTitle: 'Es fehlt ein Passwortspeicher',
    lockedLead:
      'Dieser Computer hat keinen Passwortspeicher (Schlüsselbund), der den Schlüssel zu Ihren Nachrichten verwahren könnte, und Ihre Organisation erlaubt an seiner Stelle kein App-Kennwort. Richten Sie einen Passwortspeicher ein (unter Linux GNOME-Schlüsselbund oder KWallet) oder entsperren Sie ihn, und versuchen Sie es dann erneut.',
    enterTitle: 'Willkommen zurück',
    enterLead: 'Geben Sie Ihr App-Kennwort ein, um Ihre Nachrichten auf diesem Computer zu öffnen.',
    entry: 'App-Kennwort',
    repeated: 'App-Kennwort, noch einmal',
    empty: 'Bitte geben Sie das App-Kennwort ein.',
    tooWeak: 'Das ist zu leicht zu erraten. Ergänzen Sie einige Wörter, die nicht zusammengehören.',
    unmeasured: 'Am besten sind mehrere Wörter, die nicht zusammengehören.',
    mismatch: 'Die beiden Eingaben unterscheiden sich. Bitte geben Sie es noch einmal ein.',
    choose: 'Dieses Kennwort verwenden',
    open: 'Öffnen',
    opening: 'Ihre Nachrichten werden geöffnet',
  },
  failing: {
    disk_full:
      'Der Datenträger ist voll. Holdfast empfängt und sendet gerade nicht, damit nichts verloren geht, und macht von selbst weiter, sobald Platz ist.',
    disk_read_only:
      'Holdfast darf nicht mehr in seinen Ordner schreiben. Es empfängt und sendet gerade nicht, damit nichts verloren geht, und macht von selbst weiter, sobald es darf.',
    disk_error:
      'Der Datenträger meldet Fehler. Holdfast empfängt und sendet gerade nicht, damit nichts verloren geht, und macht von selbst weiter, sobald das Schreiben wieder geht.',
  },
  settings: {
    title: 'Nachrichten auf diesem Computer',
    keychain:
      'Sie sind verschlüsselt; der Schlüssel liegt im Passwortspeicher (Schlüsselbund) dieses Computers.',
    passphrase: 'Sie sind verschlüsselt; Ihr App-Kennwort öffnet sie.',
    recoveryKey: 'Sollte das einmal versagen, öffnet sie auch Ihr Wiederherstellungsschlüssel.',
    noRecoveryKey:
      'Ihr Wiederherstellungsschlüssel kann sie noch nicht öffnen. Er kann es, sobald die Schlüsselsicherung eingerichtet ist.',
    uncheckedRecoveryKey:
      'Ihr Wiederherstellungsschlüssel kann sie noch nicht öffnen. Prüfen Sie ihn einmal an diesem Computer, unter „Wiederherstellungsschlüssel prüfen“, dann kann er es.',
    unusedRecoveryKey:
      'Ihr Wiederherstellungsschlüssel kann sie noch nicht öffnen. Geben Sie ihn einmal an diesem Computer ein, dann kann er es.',
    offer:
      'Dieser Computer hat jetzt einen Passwortspeicher, der den Schlüssel für Sie aufbewahren kann.',
    move: 'Passwortspeicher verwenden',
    moved:
      'Der Passwortspeicher bewahrt den Schlüssel jetzt auf. Ein App-Kennwort brauchen Sie nicht mehr.',
  },
};
