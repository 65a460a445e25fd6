import { setImmediate as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { SerialQueue } from '../../main/serial-queue';

describe('a serial queue', () => {
  it('begins each when all before it have ended, whether they failed or not', async () => {
    const queue = new SerialQueue();
    const seen: string[] = [];
    const work =
      (name: string, fails = false) =>
      async (): Promise<string> => {
        seen.push(`${name} begins`);
        await pause();
        seen.push(`${name} ends`);
        if (fails) throw new Error(name);
        return name;
      };
    const results = Promise.allSettled([
      queue.run(work('one')),
      queue.run(work('two', true)),
      queue.run(work('three')),
    ]);
    expect(seen).toEqual([]);
    expect(await results).toMatchObject([
      { value: 'one' },
      { reason: { message: 'two' } },
      { value: 'three' },
    ]);
    expect(seen).toEqual(
      ['one', 'two', 'three'].flatMap((name) => [`${name} begins`, `${name} ends`]),
    );
  });

  it('has ended when what was asked for until then has ended, also where it failed', async () => {
    const queue = new SerialQueue();
    await queue.ended();
    const work = Promise.withResolvers<void>();
    const told = queue.run(() => work.promise).catch((error: unknown) => error);
    let hasEnded = false;
    const ended = queue.ended().then(() => {
      hasEnded = true;
    });
    await pause();
    expect(hasEnded).toBe(false);
    work.reject(new Error('no'));
    await ended;
    expect(await told).toMatchObject({ message: 'no' });
  });
});
