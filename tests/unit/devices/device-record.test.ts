import { describe, expect, it } from 'vitest';
import { afterLook, restsUntil, snoozed } from '../../../main/engine/devices/device-record';

const owner = { userId: '@ada:example.org', seenFrom: 'LAPTOP' };
const day = 86_400_000;

describe('what is remembered of the devices', () => {
  it('counts nobody as new who was there at the first look', () => {
    const first = afterLook(null, owner, ['LAPTOP', 'PHONE'], 1_000);
    expect(first.noticedAt).toEqual({ LAPTOP: 0, PHONE: 0 });
    const second = afterLook(first, owner, ['LAPTOP', 'PHONE', 'TABLET'], 2_000);
    expect(second.noticedAt).toEqual({ LAPTOP: 0, PHONE: 0, TABLET: 2_000 });
    expect(afterLook(second, owner, ['TABLET'], 3_000).noticedAt).toEqual({ TABLET: 2_000 });
  });

  it('forgets with a device that it was put off', () => {
    const first = snoozed(afterLook(null, owner, ['PHONE'], 0), ['PHONE'], 0);
    const gone = afterLook(first, owner, [], 1);
    expect(afterLook(gone, owner, ['PHONE'], 2)).toMatchObject({
      noticedAt: { PHONE: 2 },
      snoozedUntil: {},
    });
  });

  it('puts off for a day, also where the clock was set back', () => {
    const now = 400 * day;
    const record = snoozed(afterLook(null, owner, ['PHONE'], now), ['PHONE'], now);
    expect(restsUntil(record, 'PHONE', now)).toBe(now + day);
    expect(restsUntil(record, 'TABLET', now)).toBe(0);
    expect(restsUntil(record, 'PHONE', now - 300 * day)).toBe(0);
  });
});
