import type { KeyChangeOperation, KeyChangeStep } from '../../../../preload/model/key-change';
import { grammarOf } from '../../language';

const { number } = grammarOf('de');

/** Changing what protects the keys. */
export const change = {
  change: {
    more: 'Mehr',
    actions: {
      new_key: {
        title: 'Neuer Wiederherstellungsschlüssel oder neue Sicherheitsphrase',
        text: 'Die Sicherung und Ihre Nachrichten bleiben, wie sie sind.',
        button: 'Neu erstellen',
      },
    },
    newKey: {
      stepsLabel: 'Neuen Wiederherstellungsschlüssel erstellen',
      steps: ['Wählen', 'Aufbewahren', 'Prüfen', 'Ersetzen'] as readonly string[],
      title: 'Ein neuer Wiederherstellungsschlüssel',
      lead: 'Tun Sie das, wenn Sie den alten Schlüssel verloren oder Ihre Phrase vergessen haben oder sie ändern möchten. Dieses Gerät hat noch alles, was dafür nötig ist.',
      messages: 'Alle Nachrichten bleiben lesbar, auf diesem Gerät und auf Ihren anderen.',
      devices:
        'Ihre anderen Geräte bleiben angemeldet und verifiziert. Niemand muss Sie erneut verifizieren.',
      oldWorks: 'Ihr alter Schlüssel gilt weiter, bis der neue in Gebrauch ist.',
      question: 'Was soll es werden?',
      key: 'Ein Wiederherstellungsschlüssel',
      keyText:
        'Holdfast erzeugt einen starken Schlüssel aus 48 Zeichen. Sie speichern und drucken ihn.',
      phrase: 'Eine Sicherheitsphrase',
      phraseText:
        'Sie wählen Wörter, die Sie sich merken, und bekommen zusätzlich einen Wiederherstellungsschlüssel.',
      wrongHands: 'Jemand anderes könnte meinen alten Schlüssel oder meine Phrase gesehen haben',
      wrongHandsNote:
        'Dann wird alles, was für den alten Schlüssel gespeichert ist, vom Server entfernt, sobald der neue in Gebrauch ist. Wer Ihre Sicherung damit schon gelesen hat, behält das Gelesene.',
    },
    working: {
      new_key: 'Ihr neuer Wiederherstellungsschlüssel wird in Gebrauch genommen',
    } satisfies Record<KeyChangeOperation, string>,
    lead: 'Das dauert einige Sekunden. Wird Holdfast währenddessen geschlossen, geht es beim nächsten Start weiter.',
    starting: 'Einen Augenblick …',
    steps: {
      describe_key: 'Geheimnisspeicher für den neuen Schlüssel vorbereiten',
      store_secrets: 'Ihre Geheimnisse dafür speichern und zurücklesen',
      switch_key: 'Den neuen Schlüssel an die Stelle des alten setzen',
      remove_old_key: 'Entfernen, was der alte Schlüssel öffnen könnte',
    } satisfies Record<KeyChangeStep, string>,
    progress: (done: number, total: number) => `${number(done)} von ${number(total)}`,
    failed: 'Das hat noch nicht geklappt',
    nothingYet: 'Bisher wurde nichts geändert. Ihr alter Schlüssel gilt weiter.',
    nothingReplaced:
      'Bisher wurde nichts ersetzt: Ihr alter Schlüssel gilt weiter, der neue noch nicht.',
    oldKept:
      'Was getan ist, bleibt getan. Behalten Sie beide Schlüssel, bis dies abgeschlossen ist.',
    waiting: 'Der Server antwortet nicht. Sobald er es tut, macht Holdfast von selbst weiter.',
    giveUp: 'Aufgeben und den alten Schlüssel behalten',
    background: 'Im Hintergrund fortfahren',
    later: 'Später',
    look: 'Nachsehen',
    details: 'Einzelheiten',
    done: {
      new_key: {
        title: 'Ihr neuer Wiederherstellungsschlüssel ist in Gebrauch',
        lead: 'Von jetzt an öffnet auf einem neuen Gerät nur noch der neue Ihre Sicherung.',
        points: [
          'Vernichten Sie die Kopien des alten Schlüssels, damit sie niemand für die neuen hält.',
          'Bewahren Sie die Datei und das gedruckte Blatt so auf, dass Sie sie in zwei Jahren wiederfinden.',
        ],
      },
    } satisfies Record<
      KeyChangeOperation,
      { title: string; lead: string; points: readonly string[] }
    >,
  },
};
