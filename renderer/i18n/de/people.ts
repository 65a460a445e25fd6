import type { people as source } from '../en/people';
import { grammarOf, type Translation } from '../language';

const { plural } = grammarOf('de');

export const people: Translation<typeof source> = {
  verify: (name) => `${name} verifizieren`,
  changedTitle: (name) => `${name} hat eine neue Identität`,
  changed:
    'Das kommt vor, wenn jemand die Verschlüsselung zurücksetzt, etwa nach dem Verlust aller Geräte. Es kommt auch vor, wenn sich jemand als diese Person ausgibt. Fragen Sie persönlich oder am Telefon nach, bevor Sie schreiben.',
  changedVerified:
    'Sie hatten diese Person verifiziert, und ihre Schlüssel sind nicht mehr dieselben. Senden Sie nichts Vertrauliches, bevor Sie sie neu verifiziert haben.',
  accept: 'An die neue Identität senden',
  more: (count) =>
    plural(count, {
      one: 'Eine weitere Person in diesem Raum hat eine neue Identität.',
      other: '# weitere Personen in diesem Raum haben eine neue Identität.',
    }),
  info: 'Personen und Sicherheit',
  infoTitle: (room) => `Personen in ${room}`,
  loading: 'Es wird nachgesehen, wer in diesem Raum ist',
  allVerified: 'Alle hier sind verifiziert',
  allVerifiedExplained:
    'Sie haben alle Personen in diesem Raum verifiziert, und diese haben alle ihre Geräte bestätigt.',
  count: (count) => plural(count, { one: 'Eine Person', other: '# Personen' }),
  role: { admin: 'Administration', moderator: 'Moderation' },
  invited: 'Eingeladen',
  trust: {
    self: 'Sie',
    verified: 'Verifiziert',
    unverified: 'Nicht verifiziert',
    changed: 'Neue Identität',
  },
  verifyShort: 'Verifizieren',
  unconfirmed: (count) =>
    plural(count, {
      one: 'Hat ein noch nicht bestätigtes eigenes Gerät',
      other: 'Hat # noch nicht bestätigte eigene Geräte',
    }),
  verifyFirst:
    'Verifiziert wird in einer Unterhaltung zu zweit. Gibt es noch keine, bekommt die Person zuerst eine Einladung dazu.',
  verifiedOnly: 'In diesem Raum nur an verifizierte Geräte senden',
  verifiedOnlyExplained:
    'Alle anderen können nicht lesen, was Sie hier senden, und erfahren den Grund.',
  verifiedOnlyEverywhere: 'Für alle Räume eingeschaltet, in den Einstellungen unter „Ihre Geräte“.',
  verifiedOnlyMark: 'Nur verifizierte Geräte',
  leftOut: (people, devices) =>
    people === 0
      ? plural(devices, {
          one: 'Ein Gerät kann nicht lesen, was Sie hier senden, weil es nicht verifiziert ist.',
          other:
            '# Geräte können nicht lesen, was Sie hier senden, weil sie nicht verifiziert sind.',
        })
      : plural(people, {
          one: 'Eine Person kann nicht lesen, was Sie hier senden, weil Sie sie nicht verifiziert haben.',
          other:
            '# Personen können nicht lesen, was Sie hier senden, weil Sie sie nicht verifiziert haben.',
        }),
  leftOutShow: 'Wer?',
};
