import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LookAgain } from '../../../main/engine/timeline/look-again';

const anHour = 3_600_000;
let looks: number[] = [];
let look: LookAgain;

beforeEach(() => {
  vi.useFakeTimers({ now: 0 });
  looks = [];
  look = new LookAgain(() => looks.push(Date.now()));
});
afterEach(() => {
  vi.useRealTimers();
});

describe('looking again for keys', () => {
  it('happens with growing pauses, and ends', () => {
    look.waitingFor(['a', 'b']);
    vi.advanceTimersByTime(anHour);
    const pauses = looks.map((at, n) => at - (looks[n - 1] ?? 0));
    expect(pauses).toEqual([6, 12, 24, 48, 96, 192, 384].map((seconds) => seconds * 1000));
  });

  it('is not put off or begun anew by what was known already', () => {
    look.waitingFor(['a', 'b']);
    vi.advanceTimersByTime(5_000);
    look.waitingFor(['b']);
    vi.advanceTimersByTime(1_000);
    expect(looks).toEqual([6_000]);
    vi.advanceTimersByTime(anHour);
    look.waitingFor(['b']);
    vi.advanceTimersByTime(anHour);
    expect(looks).toHaveLength(7);
  });

  it('begins anew with a message that is new', () => {
    look.waitingFor(['a']);
    vi.advanceTimersByTime(anHour);
    look.waitingFor(['a', 'b']);
    vi.advanceTimersByTime(6_000);
    expect(looks).toHaveLength(8);
  });

  it('ends when nothing waits any more, or the timeline is closed', () => {
    look.waitingFor(['a']);
    look.waitingFor([]);
    vi.advanceTimersByTime(anHour);
    expect(looks).toEqual([]);
    look.waitingFor(['c']);
    look.stop();
    vi.advanceTimersByTime(anHour);
    expect(looks).toEqual([]);
  });
});
