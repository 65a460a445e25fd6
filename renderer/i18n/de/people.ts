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
};
