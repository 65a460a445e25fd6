/**
 * What every message passes before it is encrypted: the demands on the person, and whether whoever
 * reads it is who they were.
 */
import { ClientPrefix, Method, type Room } from 'matrix-js-sdk';
import { UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import type { RoomId } from '../../../preload/model/ids';
import type { AccountContext } from '../account-context';
import { olmMachineOf } from '../keys/olm-machine';

export interface SendConditions {
  /** @throws {HoldfastError} `policy_required`, `verify_own_first` */
  readonly requireDemandsMet: () => void;
  /** @throws {HoldfastError} `identity_changed`; what the network says where people are not known */
  readonly requireUnchanged: (roomId: RoomId) => Promise<void>;
}

export class SendGate {
  readonly #context: AccountContext;
  readonly #conditions: SendConditions;

  constructor(context: AccountContext, conditions: SendConditions) {
    this.#context = context;
    this.#conditions = conditions;
  }

  /** @throws {HoldfastError} what {@link SendConditions} say of the person */
  requireDemandsMet(): void {
    this.#conditions.requireDemandsMet();
  }

  /** Goes by what is known here. @throws {HoldfastError} what {@link SendConditions} say */
  async pass(room: Room): Promise<void> {
    this.requireDemandsMet();
    await this.#conditions.requireUnchanged(room.roomId as RoomId);
  }

  /**
   * For what was written a while ago: whose identity has changed since, the server is asked first.
   * After a time without a connection nothing here may know of it yet.
   *
   * @throws {HoldfastError} what {@link SendConditions} say
   * @throws {Error} where the server did not answer
   */
  async passAnew(room: Room): Promise<void> {
    if (room.hasEncryptionStateEvent()) await this.#askWhoTheyAre(room);
    await this.pass(room);
  }

  async #askWhoTheyAre(room: Room): Promise<void> {
    const { client, stopped } = this.#context;
    const members = await room.getEncryptionTargetMembers();
    const machine = olmMachineOf(client);
    const { id, type, body } = machine.queryKeysForUsers(
      members.map(({ userId }) => new UserId(userId)),
    );
    const answer = await client.http.authedRequest<string>(Method.Post, '/keys/query', {}, body, {
      prefix: ClientPrefix.V3,
      abortSignal: stopped,
      json: false,
      headers,
    });
    await machine.markRequestAsSent(id, type, answer);
  }
}

const headers = { 'content-type': 'application/json', accept: 'application/json' };
