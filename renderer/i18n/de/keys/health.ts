import type { Translation } from '../../language';
import type { health as source } from '../../en/keys/health';

export const health: Translation<typeof source> = {
  health: {
    title: 'Schlüsselzustand',
    states: {
      unknown: {
        title: 'Im Augenblick nicht bekannt',
        text: 'Der Server war nicht erreichbar oder hat keine klare Antwort gegeben. Bis Holdfast weiß, wie es steht, wird nichts verändert.',
      },
      ready: {
        title: 'Ihre Schlüssel sind gesichert',
        text: 'Alle Schlüssel dieses Geräts sind in der Sicherung, und Ihr Wiederherstellungsschlüssel öffnet sie auf einem neuen Gerät.',
      },
      uploading: {
        title: 'Schlüssel werden gesichert',
        text: 'Schlüssel dieses Geräts sind auf dem Weg in die Sicherung.',
      },
      needs_setup: {
        title: 'Ihre Schlüssel liegen nur auf diesem Gerät',
        text: 'Geht es verloren oder wird es ersetzt, sind Ihre verschlüsselten Nachrichten nicht mehr lesbar.',
      },
      needs_restore: {
        title: 'Dieses Gerät braucht Ihren Wiederherstellungsschlüssel',
        text: 'Bis Sie ihn eingeben, bleiben Nachrichten, deren Schlüssel nur in der Sicherung liegen, hier gesperrt, und neue Schlüssel dieses Geräts werden nicht gesichert.',
      },
      needs_verification: {
        title: 'Dieses Gerät ist nicht verifiziert',
        text: 'Ihre anderen Geräte wissen noch nicht, dass es Ihres ist.',
      },
      backup_changed: {
        title: 'Die Sicherung wurde ersetzt oder gelöscht',
        text: 'Die Sicherung, mit der dieses Gerät gearbeitet hat, ist nicht mehr die auf dem Server. Bis Sie nachgesehen haben, wird nichts hineingelegt.',
      },
      backup_untrusted: {
        title: 'Der Sicherung ist nicht zu trauen',
        text: 'Nichts belegt, dass die Sicherung auf dem Server Ihre ist; deshalb legt dieses Gerät nichts hinein.',
      },
      secrets_incomplete: {
        title: 'Ein Teil des Schutzes fehlt',
        text: 'Ginge dieses Gerät jetzt verloren, ließe sich nicht alles zurückholen.',
      },
      disabled_by_user: {
        title: 'Die Schlüsselsicherung ist ausgeschaltet',
        text: 'Sie wurde für dieses Konto ausgeschaltet. Ihre Schlüssel liegen nur auf Ihren Geräten; gehen diese verloren, gehen auch Ihre Nachrichten verloren.',
      },
      reset_required: {
        title: 'Die Sicherung lässt sich nicht mehr öffnen',
        text: 'Weder dieses Gerät noch Ihr Wiederherstellungsschlüssel öffnet sie. Was auf Ihren Geräten lesbar ist, bleibt lesbar; bleiben Sie auf allen angemeldet.',
      },
    },
    notUnderstood: {
      title: 'Holdfast braucht vielleicht eine Aktualisierung',
      storage:
        'Der Geheimnisspeicher Ihres Kontos wurde auf eine Weise angelegt, die diese Version von Holdfast nicht kennt. Bitte aktualisieren Sie Holdfast zuerst; nichts wurde verändert oder gelöscht.',
      backup:
        'Die Sicherung auf dem Server wurde auf eine Weise angelegt, die diese Version von Holdfast nicht kennt. Bitte aktualisieren Sie Holdfast zuerst; nichts wurde verändert oder gelöscht.',
      both: 'Der Geheimnisspeicher Ihres Kontos und die Sicherung auf dem Server wurden auf eine Weise angelegt, die diese Version von Holdfast nicht kennt. Bitte aktualisieren Sie Holdfast zuerst; nichts wurde verändert oder gelöscht.',
      otherwise: 'Hilft das nicht, gibt es noch einen anderen Weg.',
    },
    lights: {
      good: 'Gut',
      attention: 'Braucht Aufmerksamkeit',
      danger: 'In Gefahr',
      unknown: 'Unbekannt',
    },
    setUp: 'Schlüsselsicherung einrichten',
    unlock: 'Schlüssel oder Phrase eingeben',
  },
  banner: {
    action: 'Einzelheiten',
  },
};
