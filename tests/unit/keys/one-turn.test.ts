import { describe, expect, it } from 'vitest';
import { OneTurn } from '../../../main/engine/keys/one-turn';

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

  it('tells who began it by itself that it failed', async () => {
    const { turn } = turns();
    await expect(turn.byItself('one', () => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await turn.take(() => Promise.resolve(1))).toBe(1);
  });
});
