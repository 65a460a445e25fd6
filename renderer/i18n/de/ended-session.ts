import { grammarOf, type Translation } from '../language';
import type { carryOver as carrySource, endedSession as endedSource } from '../en/ended-session';

const { number, plural } = grammarOf('de');

export const endedSession: Translation<typeof endedSource> = {
  removedTitle: 'Sie wurden hier abgemeldet',
  removed:
    'Dieses Gerät wurde von einem anderen aus abgemeldet oder von Ihrer Organisation. Waren Sie das nicht, ändern Sie Ihr Kontopasswort.',
  expiredTitle: 'Bitte melden Sie sich wieder an',
  expired: (server) =>
    `${server} fragt Sie noch einmal nach Ihrem Passwort, wie Server das von Zeit zu Zeit tun. Danach geht es weiter, wo Sie waren.`,
  keys: (count) =>
    plural(count, {
      one: 'Ihr Schlüssel ist noch auf diesem Computer',
      other: 'Ihre # Schlüssel sind noch auf diesem Computer',
    }),
  someKeys: 'Ihre Schlüssel sind noch auf diesem Computer',
  nothingLost: 'Melden Sie sich wieder an, dann können Sie Ihre Nachrichten lesen wie zuvor.',
  unsent: (count) =>
    plural(count, {
      one: 'Auch eine Nachricht, die noch nicht gesendet ist, bleibt erhalten.',
      other: 'Auch # Nachrichten, die noch nicht gesendet sind, bleiben erhalten.',
    }),
  export: 'Schlüssel in eine Datei exportieren',
  exported: (fileName) => `Ihre Schlüssel sind in ${fileName}.`,
  other: 'Mit einem anderen Konto anmelden',
  back: (userId) => `Wieder als ${userId} anmelden`,
};

export const carryOver: Translation<typeof carrySource> = {
  title: 'Schlüssel aus Ihren früheren Anmeldungen an diesem Computer',
  running: 'Werden übernommen',
  progressOf: (done, total) => `${number(done)} von ${number(total)}`,
  interruptedTitle: 'Ihre früheren Schlüssel sind noch nicht alle hier',
  interrupted:
    'Schlüssel einer früheren Anmeldung an diesem Computer ließen sich nicht lesen. Sie bleiben, wo sie sind, und werden beim nächsten Start erneut versucht.',
  doneTitle: 'Nachrichten aus Ihren früheren Anmeldungen sind wieder lesbar',
  done: (count) =>
    plural(count, {
      one: 'Ein Schlüssel aus Ihren früheren Anmeldungen an diesem Computer wurde übernommen.',
      other: '# Schlüssel aus Ihren früheren Anmeldungen an diesem Computer wurden übernommen.',
    }),
  failed: (count) =>
    plural(count, {
      one: 'Ein Schlüssel konnte nicht gelesen werden.',
      other: '# Schlüssel konnten nicht gelesen werden.',
    }),
};
