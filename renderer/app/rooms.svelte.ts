/** The rooms of the account, newest activity first, and the one that is open. */
import type { Api } from '../../preload/api';
import type { EventId, RoomId } from '../../preload/model/ids';
import type { RoomSummary } from '../../preload/model/rooms';
import { CollectionTopic } from './topics.svelte';

export class Rooms {
  readonly #api: Api;
  readonly #topic: CollectionTopic<'rooms'>;
  #openId = $state<RoomId | null>(null);
  readonly #sorted = $derived.by(() =>
    [...this.#topic.items.values()].sort(
      (one, other) =>
        Number(other.membership === 'invite') - Number(one.membership === 'invite') ||
        other.activity - one.activity,
    ),
  );

  constructor(api: Api) {
    this.#api = api;
    this.#topic = new CollectionTopic(api, 'rooms', {}, (room) => room.id);
  }

  get loaded(): boolean {
    return this.#topic.arrived;
  }

  /** Invitations first, then by activity. */
  get sorted(): readonly RoomSummary[] {
    return this.#sorted;
  }

  get open(): RoomSummary | null {
    return this.#openId === null ? null : (this.#topic.items.get(this.#openId) ?? null);
  }

  /** Null for a room this account is not in. */
  nameOf(room: RoomId): string | null {
    return this.#topic.items.get(room)?.name ?? null;
  }

  choose(room: RoomId | null): void {
    this.#openId = room;
  }

  /** @throws {CallError} */
  accept(roomId: RoomId): Promise<void> {
    return this.#api.call('rooms.accept', { roomId });
  }

  /** @throws {CallError} */
  decline(roomId: RoomId): Promise<void> {
    return this.#api.call('rooms.decline', { roomId });
  }

  /** @throws {CallError} */
  markRead(roomId: RoomId, eventId: EventId): Promise<void> {
    return this.#api.call('rooms.markRead', { roomId, eventId });
  }
}
