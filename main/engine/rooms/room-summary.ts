import { NotificationCountType, type MatrixEvent, type Room } from 'matrix-js-sdk';
import type { RoomId } from '../../../preload/model/ids';
import type { LastMessage, RoomSummary } from '../../../preload/model/rooms';
import { messageContent } from '../timeline/message-content';
import { timestamp } from '../timeline/timeline-item';

/** The latest message of a room: what it says, and the event it comes from. */
interface Latest {
  readonly event: MatrixEvent;
  readonly message: LastMessage;
}

/**
 * What the list shows of a room; null for one that is not in the list: left, banned, a space.
 *
 * @param seenAt milliseconds since 1970 when the room first showed up: an invitation has no time
 */
export function roomSummary(room: Room, direct: boolean, seenAt: number): RoomSummary | null {
  const membership = room.getMyMembership();
  if ((membership !== 'join' && membership !== 'invite') || room.isSpaceRoom()) return null;
  const latest = membership === 'join' ? latestMessage(room) : null;
  return {
    id: room.roomId as RoomId,
    name: room.name,
    avatar: null,
    direct: direct || (membership === 'invite' && room.getDMInviter() !== undefined),
    encrypted: room.hasEncryptionStateEvent(),
    membership,
    unread: room.getUnreadNotificationCount(NotificationCountType.Total),
    highlights: room.getUnreadNotificationCount(NotificationCountType.Highlight),
    activity: latest === null ? quietActivity(room, seenAt) : timestamp(latest.event),
    lastMessage: latest?.message ?? null,
  };
}

/** The event the preview shows; undefined where the room has none. */
export function latestMessage(room: Room): Latest | null {
  const events = [...room.getLiveTimeline().getEvents(), ...room.getPendingEvents()];
  for (const event of events.reverse()) {
    const content = contentOf(event);
    if (content === null) continue;
    const userId = event.getSender() ?? '';
    const message = {
      sender: event.sender?.name ?? userId,
      own: userId === room.myUserId,
      content,
    };
    return { event, message };
  }
  return null;
}

function contentOf(event: MatrixEvent): LastMessage['content'] | null {
  try {
    return messageContent(event);
  } catch {
    // A malformed event must not cost the room its place in the list.
    return null;
  }
}

/** Without a message: when the account came to the room, else when the room last changed. */
function quietActivity(room: Room, seenAt: number): number {
  const own = room.getMember(room.myUserId)?.events.member;
  const last = room.getLiveTimeline().getEvents().at(-1);
  const times = [own, last].map((event) => (event === undefined ? 0 : timestamp(event)));
  return Math.max(...times) || seenAt;
}
