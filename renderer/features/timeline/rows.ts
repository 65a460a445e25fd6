/** What the timeline shows, row by row: messages in groups and quiet lines about the room. */
import type { MessageContent, StateChange, TimelineItem } from '../../../preload/model/rooms';

export interface MessageItem extends TimelineItem {
  readonly content: MessageContent;
}

/**
 * What stands above a row. It belongs to the row, so that there are as many rows as items and the
 * position in the list survives when older ones come in.
 */
interface Head {
  readonly key: string;
  /** The conversation begins here. */
  readonly start: boolean;
  /** A new day begins here, in milliseconds since 1970. */
  readonly day: number | null;
  /** What follows is unread. */
  readonly unread: boolean;
}

export interface ChangeRow extends Head {
  readonly kind: 'change';
  readonly change: StateChange;
  readonly at: number;
}

export interface MessageRow extends Head {
  readonly kind: 'message';
  readonly item: MessageItem;
  /** First of a run of one sender's messages: shows who. */
  readonly first: boolean;
  /** Last of such a run. */
  readonly last: boolean;
}

export type Row = ChangeRow | MessageRow;

/** Messages of one sender further apart than this start a new group. */
const groupGapMs = 5 * 60_000;

const messageKinds: ReadonlySet<string> = new Set<MessageContent['kind']>([
  'text',
  'emote',
  'notice',
  'attachment',
  'undecryptable',
  'redacted',
  'unsupported',
]);

export function isMessage(item: TimelineItem): item is MessageItem {
  return messageKinds.has(item.content.kind);
}

/**
 * @param items in ascending order
 * @param firstUnreadId the item above which the mark of unread messages stands
 */
export function rowsOf(
  items: readonly TimelineItem[],
  reachedStart: boolean,
  firstUnreadId: string | null,
): readonly Row[] {
  return items.map((item, index) => {
    const before = items[index - 1];
    const after = items[index + 1];
    const head: Head = {
      key: item.id,
      start: reachedStart && before === undefined,
      day: before && dayOf(before.sentAt) === dayOf(item.sentAt) ? null : item.sentAt,
      unread: item.id === firstUnreadId,
    };
    if (!isMessage(item)) {
      return { ...head, kind: 'change', change: item.content as StateChange, at: item.sentAt };
    }
    return {
      ...head,
      kind: 'message',
      item,
      first: head.unread || !continues(before, item),
      last: after === undefined || after.id === firstUnreadId || !continues(item, after),
    };
  });
}

function continues(before: TimelineItem | undefined, item: TimelineItem): boolean {
  return (
    before !== undefined &&
    isMessage(before) &&
    isMessage(item) &&
    before.content.kind !== 'emote' &&
    item.content.kind !== 'emote' &&
    before.sender.userId === item.sender.userId &&
    item.sentAt - before.sentAt < groupGapMs &&
    dayOf(before.sentAt) === dayOf(item.sentAt)
  );
}

function dayOf(at: number): string {
  return new Date(at).toDateString();
}

/** The item the unread mark belongs above: the first of the last `unread` messages of others. */
export function firstUnread(items: readonly TimelineItem[], unread: number): string | null {
  let left = unread;
  for (let index = items.length - 1; index >= 0 && left > 0; index--) {
    const item = items[index];
    if (item === undefined || item.own || !isMessage(item)) continue;
    left--;
    if (left === 0) return item.id;
  }
  return null;
}
