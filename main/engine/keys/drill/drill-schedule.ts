import type { DrillRecord } from './drill-record';

const day = 86_400_000;
/** Until the first check, until the second, and from then on: about half a year. */
const pauses = [7 * day, 30 * day, 182 * day] as const;
const snoozeMs = 3 * day;

type Times = Pick<DrillRecord, 'since' | 'checkedAt' | 'passed' | 'snoozedUntil'>;

/**
 * When the key is to be checked next, in milliseconds since 1970. A clock that was set back must not
 * keep the check away: what lies in the future counts as now.
 *
 * @param longestPauseDays what the organisation wants, where that is less than our own pause
 */
export function drillDueAt(
  { since, checkedAt, passed, snoozedUntil }: Times,
  now: number,
  longestPauseDays = Infinity,
): number {
  const ours = pauses[Math.min(passed, pauses.length - 1)] ?? pauses[2];
  const pause = Math.min(ours, longestPauseDays * day);
  const scheduled = Math.min(checkedAt ?? since, now) + pause;
  const snoozed = snoozedUntil <= now + snoozeMs ? snoozedUntil : 0;
  return Math.max(scheduled, snoozed);
}

export function snoozedUntilFrom(now: number): number {
  return now + snoozeMs;
}
