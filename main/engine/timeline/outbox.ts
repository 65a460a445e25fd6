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
import { holdBack, interrupt, isForThePerson } from './not-sent';
import { resendWhenConnected } from './resend';
import { sendAgainThrough, type SendAgain } from './send-again';
import { SendGate, type SendConditions } from './send-gate';
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
  readonly #gate: SendGate;
  readonly #sendAgain: SendAgain;
  readonly #hasHeardFromServer: () => boolean;

  constructor(context: AccountContext, conditions: SendConditions) {
    this.#client = context.client;
    this.#unsent = new UnsentMessages(context);
    this.#gate = new SendGate(context, conditions);
    this.#sendAgain = sendAgainThrough(context.client, this.#gate);
    this.#hasHeardFromServer = resendWhenConnected(context, this.#sendAgain);
  }

  /**
   * Puts a message on its way; what becomes of it shows in its timeline item. Where it can't be found
   * out whom it goes to, it waits for a connection.
   *
   * @throws {HoldfastError} `message_too_long`, or what {@link SendConditions} say
   */
  async send(room: Room, body: string): Promise<void> {
    const content = { msgtype: MsgType.Text as const, body };
    const limit = room.hasEncryptionStateEvent() ? contentLimit.encrypted : contentLimit.plain;
    if (Buffer.byteLength(JSON.stringify(content)) > limit) {
      throw new HoldfastError('message_too_long', 'The message exceeds the size of an event');
    }
    const transaction = this.#client.makeTxnId();
    const message = { roomId: room.roomId, transaction, body, writtenAt: Date.now() };
    try {
      await this.#gate.pass(room);
    } catch (error) {
      if (isForThePerson(error)) throw error;
      this.#unsent.keepWaiting(room, message);
      return;
    }
    this.#unsent.keep(message);
    settle(this.#client.sendMessage(room.roomId, null, content, transaction));
    // The SDK holds a message back while an earlier one has failed; the person did not ask for that.
    const event = this.#find(room, transaction);
    if (event !== undefined) settle(this.#sendAgain(room, event));
  }

  /**
   * Sends a failed message again under its transaction id, so that a server which has it already
   * does not take it twice. After a start it waits for the first sync, which may bring it by itself.
   *
   * @throws {HoldfastError} what {@link SendConditions} say
   */
  async retry(room: Room, transaction: string): Promise<void> {
    this.#gate.requireDemandsMet();
    const event = this.#find(room, transaction);
    if (event?.status !== EventStatus.NOT_SENT) return;
    if (!this.#hasHeardFromServer()) {
      interrupt(event);
      return;
    }
    try {
      await this.#gate.pass(room);
    } catch (error) {
      holdBack(room, event, error);
      if (isForThePerson(error)) throw error;
      return;
    }
    settle(this.#sendAgain(room, event));
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
