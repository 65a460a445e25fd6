import type { CollectionPatch } from '../../../preload/contract';
import type { TimelineItem } from '../../../preload/model/rooms';

/** What a window would show of a room, put together from the topic's patches. */
export class TimelineView {
  readonly #items = new Map<string, TimelineItem>();

  take(message: unknown): void {
    const { reset, upsert, remove } = message as CollectionPatch<TimelineItem>;
    if (reset) this.#items.clear();
    for (const id of remove) this.#items.delete(id);
    for (const item of upsert) this.#items.set(item.id, item);
  }

  get items(): readonly TimelineItem[] {
    return [...this.#items.values()];
  }

  /** The messages with this text: one, unless something is wrong. */
  saying(body: string): readonly TimelineItem[] {
    return this.items.filter(({ content }) => content.kind === 'text' && content.body === body);
  }
}
