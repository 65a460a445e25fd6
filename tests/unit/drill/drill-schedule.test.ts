import { describe, expect, it } from 'vitest';
import { drillDueAt, snoozedUntilFrom } from '../../../main/engine/keys/drill/drill-schedule';

const now = Date.UTC(2026, 10, 23);
const day = 86_400_000;
const fresh = { since: now, checkedAt: null, passed: 0, snoozedUntil: 0 };

describe('when the recovery key is to be checked', () => {
  it('is a week after it came, a month after the first check, and then every half year', () => {
    expect(drillDueAt(fresh, now)).toBe(now + 7 * day);
    const checked = { ...fresh, since: now - 90 * day, checkedAt: now };
    expect(drillDueAt({ ...checked, passed: 1 }, now)).toBe(now + 30 * day);
    expect(drillDueAt({ ...checked, passed: 2 }, now)).toBe(now + 182 * day);
    expect(drillDueAt({ ...checked, passed: 9 }, now)).toBe(now + 182 * day);
  });

  it('comes as often as the organisation wants, but never later than we think fit', () => {
    const checked = { ...fresh, checkedAt: now, passed: 9 };
    expect(drillDueAt(checked, now, 30)).toBe(now + 30 * day);
    expect(drillDueAt(checked, now, 366)).toBe(now + 182 * day);
  });

  it('is put off for three days at a time, and comes back', () => {
    const overdue = { ...fresh, since: now - 8 * day };
    const snoozed = { ...overdue, snoozedUntil: snoozedUntilFrom(now) };
    expect(drillDueAt(overdue, now)).toBeLessThanOrEqual(now);
    expect(drillDueAt(snoozed, now)).toBe(now + 3 * day);
  });

  it('is not kept away by a clock that was set back', () => {
    const ahead = { ...fresh, since: now + 900 * day, snoozedUntil: now + 900 * day };
    expect(drillDueAt(ahead, now)).toBe(now + 7 * day);
    expect(drillDueAt({ ...ahead, checkedAt: now + 900 * day, passed: 1 }, now)).toBe(
      now + 30 * day,
    );
  });
});
