/** Why a message is not sent: kept on its event, where the SDK keeps what a request failed for. */
import {
  ConnectionError,
  EventStatus,
  RoomEvent,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import { heldBackReasons, type HeldBack } from '../../../preload/model/rooms';
import { HoldfastError } from '../../holdfast-error';

/** Lets the message be sent by itself as soon as there is a connection. */
export function interrupt(event: MatrixEvent, cause?: Error): void {
  keep(event, new ConnectionError('The message was interrupted', cause));
}

/** Whether the message is sent by itself as soon as there is a connection. */
export function isInterrupted({ error }: MatrixEvent): boolean {
  return (error as unknown) instanceof ConnectionError;
}

/** Shows the message as not sent for what kept it back; where that passes, it is sent later. */
export function holdBack(room: Room, event: MatrixEvent, error: unknown): void {
  if (event.status !== EventStatus.NOT_SENT) return;
  if (isForThePerson(error)) keep(event, error);
  else interrupt(event, error instanceof Error ? error : undefined);
  room.emit(RoomEvent.LocalEchoUpdated, event, room, event.getId(), EventStatus.NOT_SENT);
}

/** For a message of an earlier run: what kept it back then, as long as it is not tried again. */
export function keepHeldBack(event: MatrixEvent, reason: HeldBack): void {
  keep(event, new HoldfastError(reason, 'The message was held back'));
}

/** Whether it is the person who has to see to something first; else it may pass by itself. */
export function isForThePerson(error: unknown): boolean {
  return reasonOf(error) !== undefined;
}

/** What the person has to see to before the message can be sent; undefined where that is nothing. */
export function heldBack({ error, status }: MatrixEvent): HeldBack | undefined {
  return status === EventStatus.NOT_SENT ? reasonOf(error) : undefined;
}

function reasonOf(error: unknown): HeldBack | undefined {
  if (!(error instanceof HoldfastError)) return undefined;
  return heldBackReasons.find((reason) => reason === error.code);
}

function keep(event: MatrixEvent, error: unknown): void {
  event.error = error as MatrixEvent['error'];
}
