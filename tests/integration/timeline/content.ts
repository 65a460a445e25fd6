import type { TimelineItem } from '../../../preload/model/rooms';

/** Whether an item is a text message with this body. */
export function says(body: string): (item: TimelineItem) => boolean {
  return ({ content }) => content.kind === 'text' && content.body === body;
}

/** The bodies of the text messages among items, in their order. */
export function bodies(items: readonly TimelineItem[]): readonly string[] {
  return items.flatMap(({ content }) => (content.kind === 'text' ? [content.body] : []));
}
