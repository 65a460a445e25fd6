import type { Translation } from '../../language';
import type { health as source } from '../../en/keys/health';

export const health: Translation<typeof source> = {
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
        text: 'Ihre anderen Geräte wissen noch nicht, dass es Ihres ist. Öffnen Sie eines davon und verifizieren Sie dieses Gerät damit; Ihre Schlüssel kommen dann von selbst hierher.',
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
