import type { lastResorts as english } from '../../en/keys/last-resorts';
import { grammarOf } from '../../language';

const { plural } = grammarOf('de');

export const lastResorts: typeof english = {
  lastResorts: {
    off: {
      title: 'Schlüsselsicherung ausschalten?',
      lead: 'Ihre Geräte legen dann keine Schlüssel mehr in der Sicherung auf dem Server ab. Verlieren Sie dieses Gerät, ist verloren, was nur dieses Gerät lesen kann.',
      stays: (count) =>
        plural(count, {
          one: 'Der eine Schlüssel in der Sicherung bleibt dort und öffnet sich mit Ihrem Wiederherstellungsschlüssel.',
          other:
            'Die # Schlüssel in der Sicherung bleiben dort und öffnen sich mit Ihrem Wiederherstellungsschlüssel.',
        }),
      copy: 'Zuerst wird eine verschlüsselte Kopie aller Schlüssel auf diesem Computer geschrieben.',
      again:
        'Sie können sie jederzeit wieder einschalten; dafür ist kein neuer Wiederherstellungsschlüssel nötig.',
      pending: (count) =>
        plural(count, {
          one: 'Ein Schlüssel ist noch nicht in der Sicherung: Er liegt dann nur auf diesem Gerät.',
          other:
            '# Schlüssel sind noch nicht in der Sicherung: Sie liegen dann nur auf diesem Gerät.',
        }),
      newKeys:
        'Die Schlüssel neuer Nachrichten liegen dann nur auf Ihren Geräten, auf keinem gesichert.',
      warned: 'Vor dem Abmelden warnt Holdfast Sie auf jedem Gerät.',
      off: 'Ausschalten',
      keep: 'Eingeschaltet lassen',
      done: 'Die Schlüsselsicherung ist ausgeschaltet.',
    },
    lostEverything: 'Ich habe alles verloren',
    lostEverythingText:
      'Wenn nichts davon hilft: Die Verschlüsselung lässt sich neu einrichten. Was dieses Gerät lesen kann, bleibt lesbar, und die alte Sicherung bleibt auf dem Server.',
    reset: {
      title: 'Verschlüsselung neu einrichten',
      lead: 'Für den Fall, dass der Wiederherstellungsschlüssel verloren ist und kein anderes Gerät bleibt, oder dass jemand Ihre Identität übernommen haben könnte. Es lässt sich nicht rückgängig machen.',
      beforeTitle: 'Vorher: Hilft eines davon?',
      before: [
        'Das gedruckte Blatt oder die Datei „Wiederherstellungsschlüssel …“: in Ihren Dokumenten, Ihren Downloads, auf einem USB-Stick, im Passwortmanager.',
        'Ein anderes Telefon oder ein anderer Computer, auf dem Sie noch angemeldet sind. Verifizieren Sie damit, dann muss nichts zurückgesetzt werden.',
        'Eine Schlüsseldatei, die Sie einmal exportiert haben, oder eine verschlüsselte Kopie auf diesem Computer: beides finden Sie in den Einstellungen.',
      ],
      enter: 'Schlüssel oder Phrase eingeben',
      staysTitle: 'Was bleibt',
      stays: [
        'Jede Nachricht, die dieses Gerät jetzt lesen kann, bleibt lesbar. Ihre Schlüssel kommen in die neue Sicherung.',
        'Die alte Sicherung wird nur gelöscht, wenn jeder ihrer Schlüssel hier ist. Sonst bleibt sie auf dem Server, verschlossen mit dem alten Schlüssel: Taucht er eines Tages auf, kann Holdfast sie noch lesen.',
        'Ihr Konto, Ihre Räume und Ihre Kontakte bleiben, wie sie sind.',
      ],
      costsTitle: 'Was es kostet',
      costs: [
        'Nachrichten, deren Schlüssel nur die alte Sicherung hat, bleiben gesperrt.',
        'Die Menschen, mit denen Sie schreiben, erfahren, dass sich Ihre Identität geändert hat, und müssen Sie neu verifizieren.',
        'Ihre anderen Geräte gelten als nicht verifiziert, bis Sie dort den neuen Wiederherstellungsschlüssel eingeben.',
      ],
      understood: 'Ich verstehe, dass sich das nicht rückgängig machen lässt',
      missing: 'Setzen Sie zuerst dieses Häkchen, oder gehen Sie zurück.',
      stay: 'Alles lassen, wie es ist',
      goOn: 'Neu einrichten',
      chooseTitle: 'Ihr neuer Wiederherstellungs\u00ADschlüssel',
      chooseLead:
        'Er kommt zuerst: Ersetzt wird erst etwas, wenn Sie ihn gespeichert und Ihre Kopie geprüft haben.',
      stepsLabel: 'Verschlüsselung neu einrichten',
    },
  },
  whoIsThere: {
    title: 'Bestätigen Sie, dass Sie es sind',
    password: 'Ihr Server verlangt das, bevor sich etwas Wichtiges ändert.',
    browser: 'Bestätigen Sie es in Ihrem Browser, auf der Seite Ihres Servers.',
    opened:
      'Die Seite ist in Ihrem Browser geöffnet. Sobald Sie dort bestätigt haben, geht es hier weiter.',
    passwordLabel: 'Kontopasswort',
    passwordMissing: 'Bitte geben Sie Ihr Kontopasswort ein.',
    refused:
      'Der Server hat dieses Passwort nicht angenommen. Prüfen Sie es und versuchen Sie es noch einmal.',
    confirm: 'Bestätigen',
    open: 'Im Browser bestätigen',
    openAgain: 'Seite noch einmal öffnen',
    waiting: 'Warten auf Ihre Bestätigung',
  },
};
