import type { MatrixEvent } from 'matrix-js-sdk';
import { z } from 'zod';
import type { StateChange } from '../../../preload/model/rooms';

const member = z.object({
  membership: z.string(),
  displayname: z.string().min(1).optional().catch(undefined),
});
const roomName = z.object({ name: z.string().min(1) });

/** A change of the room worth a line in the timeline; null for all the others. */
export function stateChange(event: MatrixEvent): StateChange | null {
  switch (event.getType()) {
    case 'm.room.create':
      return { kind: 'room_created' };
    case 'm.room.encryption':
      return { kind: 'encryption_enabled' };
    case 'm.room.name': {
      const parsed = roomName.safeParse(event.getContent());
      return parsed.success ? { kind: 'room_named', name: parsed.data.name } : null;
    }
    case 'm.room.member':
      return membershipChange(event);
    default:
      return null;
  }
}

function membershipChange(event: MatrixEvent): StateChange | null {
  const now = member.safeParse(event.getContent());
  const userId = event.getStateKey();
  if (!now.success || userId === undefined) return null;
  const before = member.safeParse(event.getPrevContent()).data;
  const was = before?.membership;
  const { membership } = now.data;
  // A change of name or picture repeats the membership.
  if (membership === was) return null;

  const who = event.target?.name ?? now.data.displayname ?? before?.displayname ?? userId;
  const byThemselves = event.getSender() === userId;
  switch (membership) {
    case 'join':
      return { kind: 'joined', who };
    case 'invite':
      return { kind: 'invited', who };
    case 'ban':
      return { kind: 'banned', who };
    case 'leave':
      if (was === 'ban') return null;
      return { kind: byThemselves ? 'left' : 'removed', who };
    default:
      return null;
  }
}
