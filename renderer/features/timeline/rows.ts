/** What the timeline shows, row by row: days, messages in groups, quiet lines about the room. */
import type { MessageContent, StateChange, TimelineItem } from '../../../preload/model/rooms';

export interface MessageItem extends TimelineItem {
  readonly content: MessageContent;
}

export type Row =
  | { readonly kind: 'start'; readonly key: string }
  | { readonly kind: 'day'; readonly key: string; readonly at: number }
  | { readonly kind: 'unread'; readonly key: string }
  | { readonly kind: 'change'; readonly key: string; readonly change: StateChange; readonly at: number }
  | {
      readonly kind: 'message';
      readonly key: string;
      readonly item: MessageItem;
      /** First of a run of one sender's messages: shows who. */
      readonly first: boolean;
      /** Last of such a run. */
      readonly last: boolean;
    };

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
  const rows: Row[] = reachedStart ? [{ kind: 'start', key: 'start' }] : [];
  items.forEach((item, index) => {
    const before = items[index - 1];
    const after = items[index + 1];
    if (before === undefined || dayOf(before.sentAt) !== dayOf(item.sentAt)) {
      rows.push({ kind: 'day', key: `day:${item.id}`, at: item.sentAt });
    }
    if (item.id === firstUnreadId) rows.push({ kind: 'unread', key: 'unread' });
    if (isMessage(item)) {
      rows.push({
        kind: 'message',
        key: item.id,
        item,
        first: item.id === firstUnreadId || !continues(before, item),
        last: after === undefined || after.id === firstUnreadId || !continues(item, after),
      });
    } else {
      rows.push({
        kind: 'change',
        key: item.id,
        change: item.content as StateChange,
        at: item.sentAt,
      });
    }
  });
  return rows;
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
