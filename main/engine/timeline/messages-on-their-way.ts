import { EventStatus, HTTPError, type MatrixClient, type MatrixEvent } from 'matrix-js-sdk';
import { heldBack } from './not-sent';

/** Transaction ids of what is being sent, or waits for what is not the server's word against it. */
export function messagesOnTheirWay(client: MatrixClient): ReadonlySet<string> {
  const messages = client.getRooms().flatMap((room) => room.getPendingEvents());
  const onTheirWay = messages.filter(isOnItsWay).map((event) => event.getTxnId());
  return new Set(onTheirWay.filter((transaction) => transaction !== undefined));
}

function isOnItsWay(event: MatrixEvent): boolean {
  const { status, error } = event;
  if (heldBack(event) !== undefined) return false;
  if (status !== EventStatus.NOT_SENT) {
    return status !== null && status !== EventStatus.SENT && status !== EventStatus.CANCELLED;
  }
  // One without an error is from before the app was started: it waits for the person.
  const reason: unknown = error;
  return reason !== null && reason !== undefined && !(reason instanceof HTTPError);
}
