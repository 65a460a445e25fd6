import { describe, expect, it } from 'vitest';
import { OneTurn } from '../../../main/engine/keys/one-turn';
import { HoldfastError } from '../../../main/holdfast-error';

function turns(): { turn: OneTurn; stop: AbortController; log: string[] } {
  const stop = new AbortController();
  return { turn: new OneTurn(stop.signal), stop, log: [] };
}

/** Goes on until its signal ends it. */
function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error('ended')), { once: true });
  });
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('work on the keys', () => {
  it('of a person is refused while other work of theirs is under way, failed or not', async () => {
    const { turn } = turns();
    const { promise, reject } = Promise.withResolvers<undefined>();
    const first = turn.take(() => promise);
    await expect(turn.take(() => Promise.resolve())).rejects.toMatchObject({ code: 'not_allowed' });
    reject(new Error('failed'));
    await expect(first).rejects.toThrow('failed');
    expect(await turn.take(() => Promise.resolve('mine'))).toBe('mine');
  });

  it('that goes on by itself waits for the end of theirs without being waited for, and is done once', async () => {
    const { turn, log } = turns();
    const mine = turn.begin();
    for (const which of ['earlier', 'later']) {
      await turn.byItself('reading', () => Promise.resolve(void log.push(which)));
    }
    expect(log).toEqual([]);
    mine.end();
    mine.end();
    await settled();
    expect(log).toEqual(['later']);
  });

  it('that goes on by itself gives way to theirs, which begins when it has ended, and begins again', async () => {
    const { turn, log } = turns();
    const reading = turn.byItself('reading', async (signal) => {
      log.push('reading');
      await untilAborted(signal).finally(() => log.push('given way'));
    });
    await turn.take(() => Promise.resolve(void log.push('mine')));
    await reading;
    await settled();
    expect(log).toEqual(['reading', 'given way', 'mine', 'reading']);
  });

  it('that goes on by itself gives way to other such work, but not to its own kind', async () => {
    const { turn, log } = turns();
    void turn.byItself('reading', async (signal) => {
      log.push('reading');
      if (log.length === 1) await untilAborted(signal);
    });
    void turn.byItself('reading', () => Promise.resolve(void log.push('again')));
    await settled();
    expect(log).toEqual(['reading']);
    void turn.byItself('uploading', () => Promise.resolve(void log.push('uploading')));
    await settled();
    await settled();
    expect(log).toContain('uploading');
    expect(log.at(-1)).not.toBe('reading');
  });

  it('does not begin by itself once the session has ended, and ends with it', async () => {
    const { turn, stop, log } = turns();
    const reading = turn.byItself('reading', untilAborted);
    stop.abort();
    await expect(reading).rejects.toThrow('ended');
    await turn.byItself('reading', () => Promise.resolve(void log.push('reading')));
    expect(log).toEqual([]);
  });

  it('begins only when what went on by itself has given way, however long that takes', async () => {
    const { turn, log } = turns();
    const givesWay = Promise.withResolvers<undefined>();
    const reading = turn.byItself('reading', (signal) =>
      signal.aborted ? Promise.resolve() : untilAborted(signal).catch(() => givesWay.promise),
    );
    const mine = turn.take(() => Promise.resolve(void log.push('mine')));
    await settled();
    expect(log).toEqual([]);
    givesWay.resolve(undefined);
    await Promise.all([reading, mine]);
    expect(log).toEqual(['mine']);
  });

  it('that has ended does not end the turn of whoever came after', async () => {
    const { turn } = turns();
    const first = turn.begin();
    first.end();
    const second = turn.begin();
    first.end();
    expect(() => turn.begin()).toThrow(HoldfastError);
    second.end();
    turn.begin().end();
  });

  it('that gave way is not done in the place of later work of its name', async () => {
    const { turn, log } = turns();
    const reading = turn.byItself('reading', async (signal) => {
      log.push('earlier');
      await untilAborted(signal);
    });
    const mine = turn.begin();
    void turn.byItself('reading', () => Promise.resolve(void log.push('later')));
    await reading;
    mine.end();
    await settled();
    expect(log).toEqual(['earlier', 'later']);
  });

  it('that was put off and then fails is nobody’s failure, and what comes after it is done', async () => {
    const { turn, log } = turns();
    const mine = turn.begin();
    await turn.byItself('one', () => Promise.reject(new Error('no')));
    await turn.byItself('another', () => Promise.resolve(void log.push('another')));
    mine.end();
    await settled();
    expect(log).toEqual(['another']);
  });

  it('tells who began it by itself that it failed', async () => {
    const { turn } = turns();
    await expect(turn.byItself('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turn.take(() => Promise.resolve(1))).toBe(1);
  });
});

describe('a step that follows from a look at the keys', () => {
  const never = (): void => {
    expect.unreachable();
  };
  const neverStep = async (): Promise<void> => {
    never();
  };

  it('is done where nobody had the turn since, and whoever begins meanwhile waits for it', async () => {
    const { turn, log } = turns();
    const { promise, resolve } = Promise.withResolvers<undefined>();
    const step = turn.ifFreeSince(turn.freeTime, () => promise.then(() => log.push('step')), never);
    const mine = turn.take(() => Promise.resolve(void log.push('mine')));
    await settled();
    expect(log).toEqual([]);
    resolve(undefined);
    await mine;
    expect(log).toEqual(['step', 'mine']);
    expect(await step).toBe(1);
  });

  it('is not done within somebody’s turn, which goes on, and is told of at its end, once', async () => {
    const { turn, log } = turns();
    const left = (): void => void log.push('left');
    await turn.take(async () => {
      expect(turn.freeTime).toBeNull();
      expect(await turn.ifFreeSince(turn.freeTime, neverStep, left)).toBeNull();
      expect(await turn.ifFreeSince(turn.freeTime, neverStep, left)).toBeNull();
      log.push('mine');
    });
    expect(log).toEqual(['mine', 'left']);
    await turn.take(() => Promise.resolve());
    expect(log).toEqual(['mine', 'left']);
  });

  it.each([
    ['begun', false],
    ['begun and ended', true],
  ])('is not done where somebody’s turn has %s since', async (_what, hasEnded) => {
    const { turn, log } = turns();
    const seen = turn.freeTime;
    const mine = turn.begin();
    if (hasEnded) mine.end();
    const left = (): void => void log.push('left');
    expect(await turn.ifFreeSince(seen, neverStep, left)).toBeNull();
    expect(log).toEqual(hasEnded ? ['left'] : []);
    mine.end();
    expect(log).toEqual(['left']);
  });

  it('is not done where it was looked within a turn that has ended since', async () => {
    const { turn, log } = turns();
    const mine = turn.begin();
    const seen = turn.freeTime;
    mine.end();
    const left = (): void => void log.push('left');
    expect(await turn.ifFreeSince(seen, neverStep, left)).toBeNull();
    expect(log).toEqual(['left']);
  });

  it('tells who takes it that it failed, and keeps nobody from the turn', async () => {
    const { turn } = turns();
    const step = turn.ifFreeSince(turn.freeTime, () => Promise.reject(new Error('no')), never);
    const mine = turn.take(() => Promise.resolve('mine'));
    await expect(step).rejects.toThrow('no');
    expect(await mine).toBe('mine');
  });
});
