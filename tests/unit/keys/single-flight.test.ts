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

  it('never runs twice at once, not for who asks as one run ends and the next is due', async () => {
    const began: number[] = [];
    const asked: { readonly at: number; readonly answered: Promise<void> }[] = [];
    let clock = 0;
    let now = 0;
    let most = 0;
    const ask = (): void => void asked.push({ at: (clock += 1), answered: fly() });
    const askInEveryTurn = async (): Promise<void> => {
      for (let turn = 0; turn < 12; turn += 1) {
        ask();
        await Promise.resolve();
      }
    };
    const fly = singleFlight(async () => {
      began.push((clock += 1));
      most = Math.max(most, (now += 1));
      await new Promise(setImmediate);
      now -= 1;
      if (began.length === 1) void askInEveryTurn();
    });
    await fly();
    await new Promise(setImmediate);
    await Promise.all(asked.map(({ answered }) => answered));
    expect(most).toBe(1);
    // Nobody gets an answer that was begun before the question.
    expect(began.at(-1)).toBeGreaterThan(asked.at(-1)!.at);
    expect(began.length).toBeLessThanOrEqual(3);
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
