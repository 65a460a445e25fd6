import type { CollectionPatch } from '../../../preload/contract';
import type { EventId, RoomId, UserId } from '../../../preload/model/ids';
import type { HistoryForInvited } from '../../../preload/model/invite';
import type { RoomPerson } from '../../../preload/model/people';
import { HoldfastError } from '../../holdfast-error';
import type { Source } from '../../topics/source';
import type { AccountContext } from '../account-context';
import { requestError } from '../session/request-error';
import { requireRoom } from '../session/require-room';
import { markDirect } from './direct-rooms';
import { historyForInvited, invite } from './invite';
import { RoomList } from './room-list';
import { roomPeople } from './room-people';

/** The account's rooms: their list, invitations, and what has been read. */
export class Rooms {
  readonly #context: AccountContext;

  constructor(context: AccountContext) {
    this.#context = context;
    // Lives by its listeners until the session stops.
    new RoomList(context);
  }

  people(roomId: RoomId): Source<CollectionPatch<RoomPerson>> {
    return roomPeople(this.#context, roomId);
  }

  /**
   * Moves the read receipt, which the others in the room see, and the account's own read marker.
   *
   * @throws {HoldfastError} `room_not_found`, or what the network or the server says
   */
  async markRead(roomId: RoomId, eventId: EventId): Promise<void> {
    const { client, account } = this.#context;
    const room = requireRoom(client, roomId);
    if (room.hasUserReadEvent(account.userId, eventId)) return;
    const event = room.findEventById(eventId);
    await this.#ask(() => client.setRoomReadMarkers(roomId, eventId, event));
  }

  /** @see invite */
  invite(roomId: RoomId, userId: UserId): Promise<HistoryForInvited> {
    return invite(this.#context, roomId, userId);
  }

  /** @see historyForInvited */
  historyForInvited(roomId: RoomId): Promise<HistoryForInvited> {
    return historyForInvited(this.#context, roomId);
  }

  /** Accepts an invitation. */
  async accept(roomId: RoomId): Promise<void> {
    const { client } = this.#context;
    const room = this.#invitation(roomId);
    const inviter = room.getDMInviter();
    await this.#ask(() => client.joinRoom(roomId));
    if (inviter !== undefined) {
      // The conversation works without the note that it is a direct one.
      markDirect(client, roomId, inviter).catch(() => undefined);
    }
  }

  /** Declines an invitation. */
  async decline(roomId: RoomId): Promise<void> {
    const { client } = this.#context;
    this.#invitation(roomId);
    await this.#ask(() => client.leave(roomId));
  }

  #invitation(roomId: RoomId): ReturnType<typeof requireRoom> {
    const room = requireRoom(this.#context.client, roomId);
    if (room.getMyMembership() !== 'invite') {
      throw new HoldfastError('not_allowed', 'Not invited to that room');
    }
    return room;
  }

  async #ask(request: () => Promise<unknown>): Promise<void> {
    try {
      await request();
    } catch (error) {
      throw requestError(error);
    }
  }
}
