import { isDeepStrictEqual } from 'node:util';
import type { TimelineItem } from '../../../preload/model/rooms';

/** Whether an item is a text message with this body. */
export function says(body: string): (item: TimelineItem) => boolean {
  return ({ content }) => content.kind === 'text' && content.body === body;
}

/** The bodies of the text messages among items, in their order. */
export function bodies(items: readonly TimelineItem[]): readonly string[] {
  return items.flatMap(({ content }) => (content.kind === 'text' ? [content.body] : []));
}

export function isStillDecrypting({ content }: TimelineItem): boolean {
  return content.kind === 'undecryptable' && content.reason === 'still_decrypting';
}

/** Whether each of these contents is among the items. */
export function haveAll(
  ...contents: readonly TimelineItem['content'][]
): (probe: { readonly items: readonly TimelineItem[] }) => boolean {
  return ({ items }) =>
    contents.every((wanted) => items.some(({ content }) => isDeepStrictEqual(content, wanted)));
}
