import { EventStatus, type MatrixEvent } from 'matrix-js-sdk';
import type { EventId, UserId } from '../../../preload/model/ids';
import type { Delivery, Shield, TimelineItem } from '../../../preload/model/rooms';
import { messageContent } from './message-content';
import { heldBack } from './not-sent';
import { stateChange } from './state-change';

export type UnorderedItem = Omit<TimelineItem, 'order'>;

/** What the timeline shows of an event; null where it shows nothing. */
export function timelineItem(
  event: MatrixEvent,
  ownUserId: UserId,
  shield: Shield,
): UnorderedItem | null {
  const userId = event.getSender();
  const content = event.isState() ? stateChange(event) : messageContent(event);
  if (content === null || userId === undefined) return null;
  const own = userId === ownUserId;
  const reason = heldBack(event);
  return {
    id: itemId(event, own),
    eventId: eventId(event),
    sentAt: timestamp(event),
    sender: { userId: userId as UserId, name: event.sender?.name ?? userId },
    own,
    delivery: delivery(event),
    ...(reason !== undefined && { heldBack: reason }),
    shield,
    content,
  };
}

/** The event's id, or for own messages sent by this device the transaction id of their echo. */
export function itemId(event: MatrixEvent, own: boolean): string {
  const transaction: unknown = event.getTxnId() ?? event.getUnsigned()['transaction_id'];
  return own && typeof transaction === 'string' && transaction !== ''
    ? transaction
    : String(event.getId());
}

function eventId(event: MatrixEvent): EventId | null {
  const id = event.getId();
  return id?.startsWith('$') === true ? (id as EventId) : null;
}

/** Milliseconds since 1970; 0 where the event has no usable time. */
export function timestamp(event: MatrixEvent): number {
  const time: unknown = event.getTs();
  return typeof time === 'number' && Number.isFinite(time) ? time : 0;
}

function delivery(event: MatrixEvent): Delivery {
  switch (event.status) {
    case null:
    case EventStatus.SENT:
      return 'sent';
    case EventStatus.NOT_SENT:
      return 'failed';
    default:
      return 'sending';
  }
}
