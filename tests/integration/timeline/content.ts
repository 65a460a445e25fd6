import type { TimelineItem } from '../../../preload/model/rooms';

/** Whether an item is a text message with this body. */
export function says(body: string): (item: TimelineItem) => boolean {
  return ({ content }) => content.kind === 'text' && content.body === body;
}
