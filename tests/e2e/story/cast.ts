/** Who is in the story, and what they say where a telling speaks for them. */

export interface Role {
  /** The account's name on its server. */
  readonly account: string;
  readonly name: string;
}

export interface Cast {
  /** Whose keys the story is about. */
  readonly self: Role;
  readonly lead: Role;
  readonly colleague: Role;
  /** Signs in on the same computer. */
  readonly guest: Role;
  readonly phrase: string;
  readonly thanks: string;
  readonly draft: string;
  readonly exportPassphrase: string;
  readonly shortName: string;
}

const lead: Role = { account: 'amara.lindqvist', name: 'Dr. Amara Lindqvist' };
const colleague: Role = { account: 'jonas.keller', name: 'Jonas Keller' };

export const casts: Readonly<Record<'en' | 'de', Cast>> = {
  en: {
    self: { account: 'robin.weber', name: 'Robin Weber' },
    lead,
    colleague,
    guest: { account: 'priya.nair', name: 'Priya Nair' },
    phrase: 'lighthouse pickled quantum sonnet',
    thanks: 'Thank you! I’ll bring my two signs on Thursday.',
    draft: 'Thursday at half past ten?',
    exportPassphrase: 'sieve tower, seven quiet anvils',
    shortName: 'Robin',
  },
  de: {
    self: { account: 'lena.hoffmann', name: 'Lena Hoffmann' },
    lead,
    colleague,
    guest: { account: 'mirko.sanders', name: 'Mirko Sanders' },
    phrase: 'Nebelkrähe tanzt über grüne Kreide',
    thanks: 'Vielen Dank! Ich bringe meine zwei Vorzeichen am Donnerstag mit.',
    draft: 'Donnerstag um halb elf?',
    exportPassphrase: 'Siebturm, sieben stille Ambosse',
    shortName: 'Lena',
  },
};
