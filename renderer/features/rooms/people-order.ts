import type { Language } from '../../../preload/model/app';
import type { RoomPerson } from '../../../preload/model/people';

const roles = ['admin', 'moderator', 'member'] as const;

/** Oneself first, then by role and name; those who are only invited last. */
export function inOrder(people: Iterable<RoomPerson>, language: Language): readonly RoomPerson[] {
  const rank = ({ trust, isInvited, role }: RoomPerson): number =>
    trust === 'self' ? -1 : isInvited ? roles.length : roles.indexOf(role);
  return [...people].sort(
    (one, other) => rank(one) - rank(other) || one.name.localeCompare(other.name, language),
  );
}
