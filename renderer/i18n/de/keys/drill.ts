import type { drill as source } from '../../en/keys/drill';
import type { Translation } from '../../language';

export const drill: Translation<typeof source> = {
  drill: {
    reminderTitle: 'Haben Sie Ihren Wiederherstellungsschlüssel noch?',
    reminder:
      'Bitte prüfen Sie ihn einmal. Ist er verloren, können Sie jetzt einen neuen erstellen, solange dieses Gerät noch alles lesen kann.',
    checkNow: 'Jetzt prüfen',
    later: 'Später',
    title: 'Wiederherstellungs\u00ADschlüssel prüfen',
    lead: 'Geben Sie Ihren Wiederherstellungsschlüssel ein wie auf einem neuen Gerät, aus Ihrer Datei oder vom ausgedruckten Blatt. Er wird auf diesem Gerät verglichen und nirgendwohin gesendet.',
    leadPhrase:
      'Geben Sie Ihren Wiederherstellungsschlüssel oder Ihre Sicherheitsphrase ein, wie auf einem neuen Gerät. Die Eingabe wird auf diesem Gerät verglichen und nirgendwohin gesendet.',
    submit: 'Prüfen',
    lost: 'Ich finde ihn nicht',
    doneTitle: 'Ihr Wiederherstellungs\u00ADschlüssel funktioniert',
    done: 'Mit ihm lesen Sie auf einem neuen Gerät alles. Legen Sie ihn wieder dorthin, wo Sie ihn gefunden haben.',
    doneNext: 'Holdfast fragt nach einiger Zeit wieder, damit das so bleibt.',
    finish: 'Zu meinen Nachrichten',
    lostTitle: 'Dann erstellen Sie jetzt einen neuen',
    lostLead:
      'Es ist nichts verloren: Dieses Gerät kann noch alles lesen. Ein neuer Wiederherstellungsschlüssel tritt an die Stelle des alten.',
    lostPoints: [
      'Ihre Nachrichten, Geräte und die Schlüsselsicherung bleiben, wie sie sind.',
      'Der alte Wiederherstellungsschlüssel öffnet Ihre Sicherung weiterhin, wenn Sie ihn nicht im nächsten Schritt entfernen lassen. Taucht er auf, vernichten Sie ihn.',
      'Melden Sie sich auf diesem Gerät nicht ab, bevor Sie einen neuen haben.',
    ],
    makeNew: 'Neuen Schlüssel erstellen',
    back: 'Noch einmal suchen',
    settingsTitle: 'Wiederherstellungsschlüssel prüfen',
    never: 'Sie haben Ihren Wiederherstellungsschlüssel auf diesem Computer noch nicht geprüft.',
    checked: (day) => `Zuletzt geprüft: ${day}. Er funktioniert.`,
    check: 'Wiederherstellungsschlüssel prüfen',
  },
};
