import type { KeyChangeOperation, KeyChangeStep } from '../../../../preload/model/key-change';
import { grammarOf } from '../../language';

const { number, plural } = grammarOf('de');

/** Changing what protects the keys. */
export const change = {
  change: {
    more: 'Schlüssel und Sicherung ändern',
    actions: {
      old_key: {
        title: 'Ich habe einen alten Wiederherstellungsschlüssel gefunden',
        text: 'Liest, was eine frühere Sicherung noch enthält, und fügt es der jetzigen hinzu.',
        button: 'Eingeben',
      },
      new_key: {
        title: 'Neuer Wiederherstellungsschlüssel oder neue Sicherheitsphrase',
        text: 'Die Sicherung und Ihre Nachrichten bleiben, wie sie sind.',
        button: 'Neu erstellen',
      },
      reset_backup: {
        title: 'Schlüsselsicherung zurücksetzen',
        text: 'Eine neue Sicherung mit neuem Schlüssel ersetzt die jetzige. Ihr Wiederherstellungsschlüssel bleibt.',
        button: 'Zurücksetzen',
      },
      switch_off: {
        title: 'Schlüsselsicherung ausschalten',
        text: 'Was in der Sicherung liegt, bleibt dort; es kommt nichts mehr hinzu.',
        button: 'Ausschalten …',
      },
      reset_everything: {
        title: 'Verschlüsselung neu einrichten',
        text: 'Der letzte Ausweg: neue Identität, neuer Schlüssel, neue Sicherung. Andere erfahren, dass sich Ihre Identität geändert hat.',
        button: 'Neu einrichten',
      },
    },
    newKey: {
      stepsLabel: 'Neuen Wiederherstellungsschlüssel erstellen',
      steps: ['Wählen', 'Speichern', 'Prüfen', 'Ersetzen'] as readonly string[],
      title: 'Ein neuer Wiederherstellungs\u00ADschlüssel',
      lead: 'Tun Sie das, wenn Sie den alten Schlüssel verloren oder Ihre Phrase vergessen haben oder sie ändern möchten. Dieses Gerät hat noch alles, was dafür nötig ist.',
      messages: 'Alle Nachrichten bleiben lesbar, auf diesem Gerät und auf Ihren anderen.',
      devices:
        'Ihre anderen Geräte bleiben angemeldet und verifiziert. Niemand muss Sie erneut verifizieren.',
      oldWorks: 'Ihr alter Schlüssel gilt weiter, es sei denn, Sie lassen ihn unten entfernen.',
      question: 'Was möchten Sie erstellen?',
      key: 'Ein Wiederherstellungs\u00ADschlüssel',
      keyText:
        'Holdfast erzeugt einen starken Schlüssel aus 48 Zeichen. Sie speichern und drucken ihn.',
      phrase: 'Eine Sicherheitsphrase',
      phraseText:
        'Sie wählen Wörter, die Sie sich merken, und bekommen zusätzlich einen Wiederherstellungsschlüssel.',
      wrongHands:
        'Mein alter Schlüssel oder meine Phrase ist verloren, oder jemand könnte sie gesehen haben',
      wrongHandsNote:
        'Dann wird alles, was für den alten Schlüssel gespeichert ist, vom Server entfernt, sobald der neue in Gebrauch ist. Wer Ihre Sicherung damit schon gelesen hat, behält das Gelesene.',
    },
    resetBackup: {
      title: 'Schlüsselsicherung zurücksetzen',
      lead: 'Das hilft, wenn die Sicherung beschädigt scheint oder jemand ihren Schlüssel kennen könnte. Holdfast sorgt dafür, dass dabei nichts verloren geht.',
      first: 'Zuerst kommt alles, was die alte Sicherung enthält, auf dieses Gerät.',
      then: 'Dann wird die neue Sicherung neben der alten angelegt und gefüllt.',
      last: 'Die alte wird erst gelöscht, wenn alles daraus gelesen wurde. Was sich nicht lesen lässt, bleibt auf dem Server.',
      others: 'Ihre anderen Geräte fragen einmal nach Ihrem Wiederherstellungsschlüssel.',
      submit: 'Sicherung zurücksetzen',
      noKey: 'Ich habe meinen Wiederherstellungsschlüssel nicht. Zuerst einen neuen erstellen',
    },
    snapshots: {
      title: 'Kopien auf diesem Computer',
      text: 'Holdfast schreibt einmal am Tag eine verschlüsselte Kopie aller Schlüssel, wenn neue da sind, und vor jeder Änderung der Sicherung. Die letzten fünf bleiben. Sie öffnen sich auf diesem Computer oder mit Ihrem Wiederherstellungsschlüssel.',
      none: 'Es gibt noch keine.',
      make: 'Jetzt eine Kopie erstellen',
      made: (count: number) =>
        plural(count, {
          one: 'Eine Kopie mit einem Schlüssel wurde erstellt.',
          other: 'Eine Kopie mit # Schlüsseln wurde erstellt.',
        }),
      noKeys: 'Es gibt noch keine Schlüssel zu kopieren.',
      keys: (count: number) => plural(count, { one: 'ein Schlüssel', other: '# Schlüssel' }),
      readBack: 'Zurückholen',
      readBackDone: (count: number) =>
        plural(count, {
          one: 'Der eine Schlüssel dieser Kopie ist jetzt auf diesem Gerät.',
          other: 'Alle # Schlüssel dieser Kopie sind jetzt auf diesem Gerät.',
        }),
      readBackByFileDone: 'Alle Schlüssel dieser Kopie sind jetzt auf diesem Gerät.',
      open: 'Mit diesem Schlüssel zurückholen',
    },
    working: {
      new_key: 'Ihr neuer Wiederherstellungs\u00ADschlüssel wird in Gebrauch genommen',
      reset_backup: 'Ihre Schlüsselsicherung wird neu angelegt',
      reset_everything: 'Ihre Verschlüsselung wird neu eingerichtet',
    } satisfies Record<KeyChangeOperation, string>,
    lead: 'Das dauert einige Sekunden. Wird Holdfast währenddessen geschlossen, geht es beim nächsten Start weiter.',
    starting: 'Einen Augenblick …',
    steps: {
      read_backup: 'Alles, was die alte Sicherung enthält, auf dieses Gerät holen',
      snapshot: 'Eine verschlüsselte Kopie aller Schlüssel auf diesem Computer schreiben',
      create_backup: 'Die neue Sicherung anlegen',
      fill_backup: 'Sie mit allen Schlüsseln dieses Geräts füllen',
      replace_identity: 'Ihrem Konto eine neue Identität geben',
      sign_device: 'Dieses Gerät damit verifizieren',
      delete_backup: 'Die alte Sicherung löschen',
      describe_key: 'Geheimnisspeicher für den neuen Schlüssel vorbereiten',
      store_secrets: 'Ihre Geheimnisse dafür speichern und zurücklesen',
      switch_key: 'Den neuen Schlüssel an die Stelle des alten setzen',
      remove_old_key: 'Entfernen, was der alte Schlüssel öffnen könnte',
    } satisfies Record<KeyChangeStep, string>,
    progress: (done: number, total: number) => `${number(done)} von ${number(total)}`,
    failed: 'Das hat noch nicht geklappt',
    nothingYet: 'Bisher wurde nichts geändert. Ihr alter Schlüssel gilt weiter.',
    nothingReplaced: 'Bisher wurde nichts ersetzt: Alles ist, wie es vorher war.',
    oldKept:
      'Was getan ist, bleibt getan, und nichts Altes wird entfernt, bevor dies abgeschlossen ist.',
    waiting: 'Der Server antwortet nicht. Sobald er es tut, macht Holdfast von selbst weiter.',
    giveUp: 'Aufgeben und alles lassen, wie es war',
    endHere: 'Hier beenden',
    background: 'Im Hintergrund fortsetzen',
    later: 'Später',
    look: 'Nachsehen',
    details: 'Einzelheiten',
    remains: {
      oldBackup:
        'Die alte Sicherung bleibt auf dem Server, weil er sie nicht löschen wollte. Sie schadet nicht.',
      oldKey:
        'Der Server wollte nicht entfernen, was der alte Wiederherstellungsschlüssel öffnet: Er öffnet Ihre Sicherung weiterhin. Erstellen Sie später noch einmal einen neuen.',
      otherKeys: (count: number) =>
        plural(count, {
          one: 'Ein weiterer Wiederherstellungsschlüssel Ihres Kontos öffnet die neue Sicherung nicht, nur der eben eingegebene.',
          other:
            '# weitere Wiederherstellungsschlüssel Ihres Kontos öffnen die neue Sicherung nicht, nur der eben eingegebene.',
        }),
    },
    done: {
      new_key: {
        title: 'Ihr neuer Wiederherstellungs\u00ADschlüssel ist in Gebrauch',
        lead: 'Geben Sie von jetzt an den neuen ein, wenn Sie sich auf einem neuen Gerät anmelden.',
        points: [
          'Vernichten Sie alle Kopien des alten Schlüssels. Haben Sie ihn nicht entfernen lassen, öffnet er Ihre Sicherung noch.',
          'Bewahren Sie die Datei und das gedruckte Blatt so auf, dass Sie sie in zwei Jahren wiederfinden.',
        ],
      },
      reset_backup: {
        title: 'Ihre neue Schlüsselsicherung ist vollständig',
        lead: 'Sie enthält jeden Schlüssel dieses Geräts. Ihr Wiederherstellungsschlüssel öffnet sie wie bisher.',
        points: [
          'Ihre anderen Geräte fragen einmal nach Ihrem Wiederherstellungsschlüssel, um die neue Sicherung zu nutzen.',
          'Eine verschlüsselte Kopie aller Schlüssel liegt auch auf diesem Computer.',
        ],
      },
      reset_everything: {
        title: 'Ihre Verschlüsselung ist neu eingerichtet',
        lead: 'Ihr neuer Wiederherstellungsschlüssel öffnet die neue Sicherung. Sie enthält jeden Schlüssel dieses Geräts.',
        points: [
          'Geben Sie den neuen Wiederherstellungsschlüssel auf jedem Ihrer anderen Geräte einmal ein. Bis dahin gelten sie als nicht verifiziert.',
          'Die Menschen, mit denen Sie schreiben, sehen, dass sich Ihre Identität geändert hat. Verifizieren Sie einander neu, wo es darauf ankommt.',
          'Die alte Sicherung bleibt auf dem Server, solange nicht jeder ihrer Schlüssel hier ist. Heben Sie den alten Wiederherstellungsschlüssel auf, falls er auftaucht.',
        ],
      },
    } satisfies Record<
      KeyChangeOperation,
      { title: string; lead: string; points: readonly string[] }
    >,
  },
};
