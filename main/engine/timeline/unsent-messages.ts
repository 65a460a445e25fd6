/**
 * Messages that are not on the server yet outlive the app: their text lies in the encrypted records
 * of crypto.db until the server has them. After a restart they stand in their room as not sent,
 * under their old transaction id, so that a server which has one already does not take it twice.
 *
 * The SDK would keep them too, but encrypted for the room, and can't read them again itself.
 */
import {
  ClientEvent,
  EventStatus,
  EventType,
  MatrixEvent,
  MsgType,
  RoomEvent,
  type Room,
} from 'matrix-js-sdk';
import type { HeldBack } from '../../../preload/model/rooms';
import type { AccountContext } from '../account-context';
import { listen } from '../sync/listen';
import { heldBack, interrupt, keepHeldBack } from './not-sent';
import { itemId } from './timeline-item';
import { storeUnsentMessages, unsentMessagesOf, type UnsentMessage } from './unsent-records';

export class UnsentMessages {
  readonly #context: AccountContext;

  constructor(context: AccountContext) {
    const { client, stopped } = context;
    this.#context = context;
    listen(client, stopped, {
      [ClientEvent.Room]: (room) => {
        this.#restore(room);
      },
      [RoomEvent.LocalEchoUpdated]: (event) => {
        const { status } = event;
        const settled = [null, EventStatus.SENT, EventStatus.CANCELLED].includes(status);
        if (settled) this.#forget(event.getTxnId());
        else this.#note(event.getTxnId(), heldBack(event));
      },
    });
  }

  /** Before the message is handed to the SDK. */
  keep(message: UnsentMessage): void {
    this.#write([...this.#read(), message]);
  }

  /** Shows the message as not sent; it goes out as soon as there is a connection. */
  keepWaiting(room: Room, message: UnsentMessage): void {
    this.keep(message);
    this.#addTo(room, message, true);
  }

  #restore(room: Room): void {
    const onServer = new Set(
      room
        .getLiveTimeline()
        .getEvents()
        .map((event) => itemId(event, event.getSender() === room.myUserId)),
    );
    const { resending } = this.#context;
    for (const message of this.#read()) {
      if (message.roomId !== room.roomId) continue;
      if (onServer.has(message.transaction)) this.#forget(message.transaction);
      else if (!hasPending(room, message))
        this.#addTo(room, message, resending.has(message.transaction));
    }
  }

  #addTo(room: Room, message: UnsentMessage, goesByItself: boolean): void {
    const { transaction, body, writtenAt } = message;
    const event = new MatrixEvent({
      event_id: `~${room.roomId}:${transaction}`,
      room_id: room.roomId,
      sender: room.myUserId,
      type: EventType.RoomMessage,
      content: { msgtype: MsgType.Text, body },
      origin_server_ts: writtenAt,
    });
    event.setTxnId(transaction);
    event.setStatus(EventStatus.NOT_SENT);
    if (goesByItself) interrupt(event);
    else if (message.heldBack !== undefined) keepHeldBack(event, message.heldBack);
    room.addPendingEvent(event, transaction);
  }

  #forget(transaction: string | undefined): void {
    const messages = this.#read();
    const rest = messages.filter((message) => message.transaction !== transaction);
    if (rest.length < messages.length) this.#tryToWrite(rest);
  }

  /** Why a message waits for the person, over restarts; no longer once it is on its way again. */
  #note(transaction: string | undefined, reason: HeldBack | undefined): void {
    const messages = this.#read();
    const before = messages.find((message) => message.transaction === transaction);
    if (before === undefined || before.heldBack === reason) return;
    const noted = { ...before, heldBack: reason };
    this.#tryToWrite(messages.map((message) => (message === before ? noted : message)));
  }

  #tryToWrite(messages: readonly UnsentMessage[]): void {
    try {
      this.#write(messages);
    } catch {
      // A full disk must not end the sync that told of it. Offered again after a restart, the
      // message carries a transaction id that the server knows.
    }
  }

  #read(): readonly UnsentMessage[] {
    const { store, account } = this.#context;
    return unsentMessagesOf(store.crypto.records, account);
  }

  #write(messages: readonly UnsentMessage[]): void {
    const { store, account } = this.#context;
    storeUnsentMessages(store.crypto.records, account, messages);
  }
}

function hasPending(room: Room, { transaction }: UnsentMessage): boolean {
  return room.getPendingEvents().some((event) => event.getTxnId() === transaction);
}
