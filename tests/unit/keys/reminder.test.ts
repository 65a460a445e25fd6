import { beforeEach, describe, expect, it } from 'vitest';
import { Reminder } from '../../../main/engine/keys/health/reminder';
import type { KeyPolicy } from '../../../preload/model/keys';
import { memoryRecords } from '../../support/memory-records';

const optional: KeyPolicy = { setupRequired: false, methods: ['key', 'phrase'] };
const required: KeyPolicy = { ...optional, setupRequired: true };
const now = Date.UTC(2026, 5, 1);
const day = 86_400_000;

let records = memoryRecords();
let reminder: Reminder;
beforeEach(() => {
  records = memoryRecords();
  reminder = new Reminder(records, '@ada:example.org');
});

describe('the reminder', () => {
  it('is due in every state that needs the person, and in no other', () => {
    for (const state of [
      'needs_setup',
      'needs_restore',
      'disabled_by_user',
      'reset_required',
    ] as const) {
      expect(reminder.state(state, optional, now)).toEqual({ due: true });
    }
    for (const state of ['ready', 'uploading', 'unknown'] as const) {
      expect(reminder.state(state, optional, now)).toEqual({ due: false, snoozedUntil: null });
    }
  });

  it('comes back after a day, over a restart too (I6)', () => {
    reminder.snooze('needs_setup', optional, now);
    const restarted = new Reminder(records, '@ada:example.org');
    expect(restarted.state('needs_setup', optional, now + day - 1)).toEqual({
      due: false,
      snoozedUntil: now + day,
    });
    expect(restarted.state('needs_setup', optional, now + day)).toEqual({ due: true });
  });

  it('can be snoozed again and again, and still comes back', () => {
    for (let times = 0; times < 100; times += 1) reminder.snooze('needs_setup', optional, now);
    expect(reminder.state('needs_setup', optional, now + day)).toEqual({ due: true });
  });

  it('asks less often who switched the backup off, but asks', () => {
    reminder.snooze('disabled_by_user', optional, now);
    expect(reminder.state('disabled_by_user', optional, now + 6 * day)).toMatchObject({
      due: false,
    });
    expect(reminder.state('disabled_by_user', optional, now + 7 * day)).toEqual({ due: true });
  });

  it('is not put off by a clock that was set back', () => {
    reminder.snooze('needs_setup', optional, now + 365 * day);
    expect(reminder.state('needs_setup', optional, now)).toEqual({ due: true });
  });

  it('comes at once where the clock was set back after a snooze', () => {
    reminder.snooze('needs_setup', optional, now);
    expect(reminder.state('needs_setup', optional, now - 1)).toEqual({ due: true });
  });

  it('stays away no longer than the organisation lets it, though it was snoozed for longer', () => {
    const hours = { allowed: 48 };
    const managed = new Reminder(records, '@ada:example.org', () => hours.allowed);
    managed.snooze('disabled_by_user', optional, now);
    expect(managed.state('disabled_by_user', optional, now + 2 * day - 1)).toMatchObject({
      due: false,
    });
    expect(managed.state('disabled_by_user', optional, now + 2 * day)).toEqual({ due: true });
    hours.allowed = 1;
    expect(managed.state('disabled_by_user', optional, now + 1)).toEqual({ due: true });
  });

  it('can’t be snoozed where policy requires setup', () => {
    expect(() => reminder.snooze('needs_setup', required, now)).toThrow(
      expect.objectContaining({ code: 'policy_required' }),
    );
    reminder.snooze('needs_setup', optional, now);
    expect(reminder.state('needs_setup', required, now)).toEqual({ due: true });
  });

  it('does not carry over to another account of the profile', () => {
    reminder.snooze('needs_setup', optional, now);
    const other = new Reminder(records, '@bob:example.org');
    expect(other.state('needs_setup', optional, now)).toEqual({ due: true });
  });
});
