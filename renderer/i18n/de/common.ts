import type { Translation } from '../language';
import type { common as source } from '../en/common';

export const common: Translation<typeof source> = {
  appName: 'Holdfast',
  close: 'Schließen',
  cancel: 'Abbrechen',
  back: 'Zurück',
  continue: 'Weiter',
  retry: 'Erneut versuchen',
  copied: 'Kopiert',
  done: 'erledigt',
  loading: 'Wird geladen',
  notices: 'Hinweise',
  overlays: 'Menüs und Erläuterungen',
  showPassword: 'Eingabe anzeigen',
  hidePassword: 'Eingabe verbergen',
  language: 'Sprache',
  starting: 'Holdfast wird geöffnet',
  moments: {
    dayAt: (day, time) => `${day} um ${time} Uhr`,
    dateAt: (date, time) => `am ${date}, um ${time} Uhr`,
  },
  connection: {
    connecting: 'Verbindung wird aufgebaut',
    reconnecting:
      'Keine Verbindung. Sie wird wiederhergestellt; was Sie schreiben, wird danach sofort gesendet.',
  },
};
