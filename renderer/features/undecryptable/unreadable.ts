/** The messages of a room that can't be read, by reason. */
import type { Sender, TimelineItem } from '../../../preload/model/rooms';
import type { UndecryptableReason } from '../../../preload/model/undecryptable';
import { prospects, type Chance } from '../../../preload/rules/undecryptable';

export interface UnreadableGroup {
  readonly reason: UndecryptableReason;
  /** Newest first. */
  readonly items: readonly TimelineItem[];
}

const order: Readonly<Record<Chance, number>> = { by_you: 0, by_itself: 1, none: 2 };

/** Those that can't be read, without those still being tried. */
export function unreadable(items: readonly TimelineItem[]): readonly TimelineItem[] {
  return items.filter(({ content }) => {
    return content.kind === 'undecryptable' && content.reason !== 'still_decrypting';
  });
}

/** First what the reader can do something about, last what will not come. */
export function groupsOf(items: readonly TimelineItem[]): readonly UnreadableGroup[] {
  const groups = new Map<UndecryptableReason, TimelineItem[]>();
  for (const item of unreadable(items)) {
    if (item.content.kind !== 'undecryptable') continue;
    const { reason } = item.content;
    groups.set(reason, [item, ...(groups.get(reason) ?? [])]);
  }
  return [...groups]
    .map(([reason, found]) => ({ reason, items: found }))
    .sort((one, other) => rank(one) - rank(other));
}

/** Messages of one person in one minute. */
export interface UnreadableLine {
  readonly id: string;
  readonly sender: Sender;
  readonly sentAt: number;
  readonly count: number;
}

const minuteMs = 60_000;

/** A group's messages, those that one person sent within a minute in one line. */
export function linesOf(items: readonly TimelineItem[]): readonly UnreadableLine[] {
  const lines: UnreadableLine[] = [];
  for (const { id, sender, sentAt } of items) {
    const last = lines.at(-1);
    const together =
      last?.sender.userId === sender.userId &&
      Math.floor(last.sentAt / minuteMs) === Math.floor(sentAt / minuteMs);
    if (together) lines[lines.length - 1] = { ...last, count: last.count + 1 };
    else lines.push({ id, sender, sentAt, count: 1 });
  }
  return lines;
}

function rank({ reason }: UnreadableGroup): number {
  return order[prospects[reason].chance];
}
