/** The open room's timeline: its items in order, and what can be done with them. */
import type { Api } from '../../preload/api';
import type { RoomId } from '../../preload/model/ids';
import type { TimelineItem, TimelineStatus } from '../../preload/model/rooms';
import { CollectionTopic, ValueTopic } from './topics.svelte';

export class Timeline {
  readonly roomId: RoomId;
  readonly #api: Api;
  readonly #topic: CollectionTopic<'timeline'>;
  readonly #status: ValueTopic<'timelineStatus'>;
  readonly #items = $derived.by(() =>
    [...this.#topic.items.values()].sort((one, other) => one.order - other.order),
  );

  constructor(api: Api, roomId: RoomId) {
    this.#api = api;
    this.roomId = roomId;
    this.#topic = new CollectionTopic(api, 'timeline', { roomId }, (item) => item.id);
    this.#status = new ValueTopic(api, 'timelineStatus', { roomId });
  }

  get loaded(): boolean {
    return this.#topic.arrived;
  }

  get items(): readonly TimelineItem[] {
    return this.#items;
  }

  get status(): TimelineStatus {
    return this.#status.current ?? { reachedStart: false, loadingOlder: false };
  }

  /** @throws {CallError} */
  loadOlder(): Promise<void> {
    return this.#api.call('timeline.loadOlder', { roomId: this.roomId });
  }

  /**
   * Tries what can't be read once more.
   *
   * @throws {CallError}
   */
  lookAgain(): Promise<void> {
    return this.#api.call('timeline.lookAgain', { roomId: this.roomId });
  }

  /** @throws {CallError} */
  send(body: string): Promise<void> {
    return this.#api.call('timeline.send', { roomId: this.roomId, body });
  }

  /** @throws {CallError} */
  retry(itemId: string): Promise<void> {
    return this.#api.call('timeline.retry', { roomId: this.roomId, itemId });
  }

  /** @throws {CallError} */
  discard(itemId: string): Promise<void> {
    return this.#api.call('timeline.discard', { roomId: this.roomId, itemId });
  }

  close(): void {
    this.#topic.close();
    this.#status.close();
  }
}
