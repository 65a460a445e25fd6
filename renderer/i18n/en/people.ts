import { grammarOf } from '../language';

const { plural } = grammarOf('en');

/** Who other people are, as far as keys can tell. */
export const people = {
  verify: (name: string) => `Verify ${name}`,
  changedTitle: (name: string) => `${name} has a new identity`,
  changed:
    'That happens when someone resets their encryption, for example after losing all devices. It also happens when someone pretends to be them. Ask them in person or by phone before you write.',
  changedVerified:
    'You had verified this person, and their keys are no longer the same. Do not send anything confidential until you have verified them again.',
  accept: 'Send to the new identity',
  more: (count: number) =>
    plural(count, {
      one: 'One more person in this room has a new identity.',
      other: '# more people in this room have a new identity.',
    }),
};
