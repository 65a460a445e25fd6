import { describe, expect, it } from 'vitest';
import { singleFlight } from '../../../main/engine/keys/health/single-flight';

describe('a single flight', () => {
  it('answers every question with a run begun after it, and shares that run', async () => {
    const runs: (() => void)[] = [];
    const fly = singleFlight(() => new Promise<void>((resolve) => void runs.push(resolve)));

    const first = fly();
    const second = fly();
    const third = fly();
    expect(runs).toHaveLength(1);
    expect(second).toBe(third);

    runs[0]!();
    await first;
    await Promise.resolve();
    expect(runs).toHaveLength(2);
    runs[1]!();
    await second;
    expect(runs).toHaveLength(2);
  });

  it('goes on after a failure', async () => {
    let fails = true;
    const fly = singleFlight(async () => {
      if (fails) throw new Error('no');
    });
    await expect(fly()).rejects.toThrow('no');
    fails = false;
    await expect(fly()).resolves.toBeUndefined();
  });
});
