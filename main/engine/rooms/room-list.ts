/** Keeps the list of rooms up to date: each room that changed is summarised once per turn. */
import {
  ClientEvent,
  MatrixEventEvent,
  RoomEvent,
  RoomMemberEvent,
  RoomStateEvent,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import type { RoomSummary } from '../../../preload/model/rooms';
import type { AccountContext } from '../account-context';
import { listen } from '../sync/listen';
import { OncePerTurn } from '../sync/once-per-turn';
import { directRoomIds } from './direct-rooms';
import { latestMessage, roomSummary } from './room-summary';

export class RoomList {
  readonly #context: AccountContext;
  readonly #changed = new Set<string>();
  /** When each room first showed up here, in milliseconds since 1970. */
  readonly #seenAt = new WeakMap<Room, number>();
  readonly #refresh = new OncePerTurn(() => {
    this.#summarise();
  });
  #direct: ReadonlySet<string> = new Set();

  constructor(context: AccountContext) {
    this.#context = context;
    this.#follow();
    this.#directChanged();
  }

  #touch(roomId: string | undefined): void {
    if (roomId === undefined) return;
    this.#changed.add(roomId);
    this.#refresh.request();
  }

  #directChanged(): void {
    this.#direct = directRoomIds(this.#context.client);
    for (const room of this.#context.client.getRooms()) this.#touch(room.roomId);
  }

  #summarise(): void {
    const { client, topics, stopped } = this.#context;
    if (stopped.aborted) return;
    const summaries: RoomSummary[] = [];
    const gone: string[] = [];
    for (const roomId of this.#changed) {
      const room = client.getRoom(roomId);
      const summary = room === null ? null : this.#summary(room);
      if (summary === null) gone.push(roomId);
      else summaries.push(summary);
    }
    this.#changed.clear();
    topics.rooms.upsert(...summaries);
    topics.rooms.remove(...gone);
  }

  #summary(room: Room): RoomSummary | null {
    const seenAt = this.#seenAt.get(room) ?? this.#meet(room);
    const latest = latestMessage(room)?.event;
    if (latest?.shouldAttemptDecryption() === true) {
      void this.#context.client.decryptEventIfNeeded(latest);
    }
    return roomSummary(room, this.#direct.has(room.roomId), seenAt);
  }

  #meet(room: Room): number {
    const seenAt = this.#firstSeen(room);
    this.#seenAt.set(room, seenAt);
    // The client does not pass this event of its rooms on.
    room.on(RoomEvent.UnreadNotifications, () => {
      this.#touch(room.roomId);
    });
    return seenAt;
  }

  /** Invitations carry no time of their own; over restarts they keep the one of their arrival. */
  #firstSeen(room: Room): number {
    const now = Date.now();
    if (room.getMyMembership() !== 'invite') return now;
    const { records } = this.#context.store.cache;
    const key = `invited-at/${room.roomId}`;
    const stored = records.get(key);
    if (typeof stored === 'number') return stored;
    records.set(key, now);
    return now;
  }

  #follow(): void {
    const { client, stopped } = this.#context;
    const ofRoom = (room: Room | undefined): void => {
      this.#touch(room?.roomId);
    };
    const ofEvent = (event: MatrixEvent): void => {
      this.#touch(event.getRoomId());
    };
    const ofReceipt = (_event: MatrixEvent, room: Room): void => {
      ofRoom(room);
    };
    listen(client, stopped, {
      [ClientEvent.Room]: ofRoom,
      [ClientEvent.DeleteRoom]: (roomId) => {
        this.#touch(roomId);
      },
      [ClientEvent.AccountData]: (event) => {
        if (event.getType() === 'm.direct') this.#directChanged();
      },
      [RoomEvent.Name]: ofRoom,
      [RoomEvent.MyMembership]: ofRoom,
      [RoomEvent.Receipt]: ofReceipt,
      [RoomEvent.Timeline]: ofReceipt as (event: MatrixEvent, room: Room | undefined) => void,
      [RoomEvent.TimelineReset]: ofRoom,
      [RoomEvent.LocalEchoUpdated]: ofEvent,
      [RoomEvent.Redaction]: ofEvent,
      [RoomStateEvent.Events]: ofEvent,
      [RoomMemberEvent.Name]: (_event, member) => {
        this.#touch(member.roomId);
      },
      [MatrixEventEvent.Decrypted]: ofEvent,
      [MatrixEventEvent.Replaced]: ofEvent,
    });
    stopped.addEventListener(
      'abort',
      () => {
        this.#refresh.cancel();
      },
      { once: true },
    );
  }
}
