import type { RoomPerson, RoomRole } from '../../../preload/model/people';
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
  info: 'People and security',
  infoTitle: (room: string) => `People in ${room}`,
  loading: 'Looking who is in this room',
  allVerified: 'Everyone here is verified',
  allVerifiedExplained:
    'You have verified all people in this room, and they have confirmed all their devices.',
  count: (count: number) => plural(count, { one: 'One person', other: '# people' }),
  role: { admin: 'Administrator', moderator: 'Moderator' } satisfies Record<
    Exclude<RoomRole, 'member'>,
    string
  >,
  invited: 'Invited',
  trust: {
    self: 'You',
    verified: 'Verified',
    unverified: 'Not verified',
    changed: 'New identity',
  } satisfies Record<RoomPerson['trust'], string>,
  verifyShort: 'Verify',
  unconfirmed: (count: number) =>
    plural(count, {
      one: 'Has a device that they have not confirmed',
      other: 'Has # devices that they have not confirmed',
    }),
  verifyFirst:
    'You verify somebody in a conversation of two. Where there is none yet, they first see an invitation to it.',
  verifiedOnly: 'In this room, send to verified devices only',
  verifiedOnlyExplained: 'Everyone else can’t read what you send here, and is told why.',
  verifiedOnlyEverywhere: 'On for all rooms, in the settings under “Your devices”.',
  verifiedOnlyMark: 'Verified devices only',
  leftOut: (people: number, devices: number) =>
    people === 0
      ? plural(devices, {
          one: 'One device can’t read what you send here, because it is not verified.',
          other: '# devices can’t read what you send here, because they are not verified.',
        })
      : plural(people, {
          one: 'One person can’t read what you send here, because you have not verified them.',
          other: '# people can’t read what you send here, because you have not verified them.',
        }),
  leftOutShow: 'Who?',
};
