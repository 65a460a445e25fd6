/** Own messages on their way: sending, trying again, discarding. */
import {
  EventStatus,
  MsgType,
  type MatrixClient,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import { HoldfastError } from '../../holdfast-error';
import type { AccountContext } from '../account-context';
import { interrupted, resendWhenConnected } from './resend';
import { sendAgain } from './send-again';
import { UnsentMessages } from './unsent-messages';

/**
 * Bytes of content that fit an event of 65,536 bytes, the rest of the event and, in encrypted
 * rooms, base64 included.
 * @see https://spec.matrix.org/latest/client-server-api/#size-limits
 */
const contentLimit = { plain: 60_000, encrypted: 45_000 };

export class Outbox {
  readonly #client: MatrixClient;
  readonly #unsent: UnsentMessages;
  readonly #hasHeardFromServer: () => boolean;

  constructor(context: AccountContext) {
    this.#client = context.client;
    this.#unsent = new UnsentMessages(context);
    this.#hasHeardFromServer = resendWhenConnected(context);
  }

  /**
   * Puts a message on its way; what becomes of it shows in its timeline item.
   *
   * @throws {HoldfastError} `message_too_long`
   */
  send(room: Room, body: string): void {
    const content = { msgtype: MsgType.Text as const, body };
    const limit = room.hasEncryptionStateEvent() ? contentLimit.encrypted : contentLimit.plain;
    if (Buffer.byteLength(JSON.stringify(content)) > limit) {
      throw new HoldfastError('message_too_long', 'The message exceeds the size of an event');
    }
    const transaction = this.#client.makeTxnId();
    this.#unsent.keep({ roomId: room.roomId, transaction, body, writtenAt: Date.now() });
    settle(this.#client.sendMessage(room.roomId, null, content, transaction));
    // The SDK holds a message back while an earlier one has failed; the person did not ask for that.
    const event = this.#find(room, transaction);
    if (event !== undefined) settle(sendAgain(this.#client, room, event));
  }

  /**
   * Sends a failed message again under its transaction id, so that a server which has it already
   * does not take it twice. After a start it waits for the first sync, which may bring it by itself.
   */
  retry(room: Room, transaction: string): void {
    const event = this.#find(room, transaction);
    if (event?.status !== EventStatus.NOT_SENT) return;
    if (this.#hasHeardFromServer()) settle(sendAgain(this.#client, room, event));
    else event.error = interrupted();
  }

  /** @throws {HoldfastError} `not_allowed` for a message that may be on the server already */
  discard(room: Room, transaction: string): void {
    const event = this.#find(room, transaction);
    if (event === undefined) return;
    if (event.status === EventStatus.SENDING || event.status === EventStatus.SENT) {
      throw new HoldfastError('not_allowed', 'The message is being sent');
    }
    this.#client.cancelPendingEvent(event);
  }

  #find(room: Room, transaction: string): MatrixEvent | undefined {
    return room.getPendingEvents().find((event) => event.getTxnId() === transaction);
  }
}

/** The outcome of a send is the event's status, which its timeline item shows. */
function settle(sending: Promise<unknown>): void {
  sending.catch(() => undefined);
}
