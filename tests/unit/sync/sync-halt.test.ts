import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { SyncHalt } from '../../../main/engine/sync/sync-halt';

const base = 'https://example.org/_matrix/client/v3';
const asked: string[] = [];
let answer: PromiseWithResolvers<Response>;
let halt: SyncHalt;
let fetch: typeof globalThis.fetch;

beforeEach(() => {
  asked.length = 0;
  answer = Promise.withResolvers();
  halt = new SyncHalt();
  fetch = halt.guard((input) => {
    asked.push(new URL(input as string).pathname.slice('/_matrix/client/v3'.length));
    return answer.promise;
  });
});
afterEach(() => {
  vi.restoreAllMocks();
});

/** What a promise has come to after everything that was due has run. */
async function outcome(promise: Promise<unknown>): Promise<string> {
  const nextTurn = new Promise((resolve) => setImmediate(resolve, 'pending'));
  const settled = promise.then(
    () => 'answered',
    (error: unknown) => (error as Error).name,
  );
  return (await Promise.race([settled, nextTurn])) as string;
}

describe('a halted sync', () => {
  it('asks for nothing more', async () => {
    halt.halt();
    expect(await outcome(fetch(`${base}/sync?since=s2`))).toBe('pending');
    expect(asked).toEqual([]);
  });

  it('lets no answer in that was on its way', async () => {
    const sync = fetch(`${base}/sync?since=s1`);
    halt.halt();
    answer.resolve(new Response());
    expect(await outcome(sync)).toBe('pending');
  });

  it('ends with the session', async () => {
    const stop = new AbortController();
    halt.halt();
    const sync = fetch(`${base}/sync`, { signal: stop.signal });
    stop.abort();
    expect(await outcome(sync)).toBe('AbortError');
  });

  it.each(['/rooms/!a:b/send/m.room.encrypted/t1', '/sendToDevice/m.x/t2', '/keys/upload'])(
    'fails %s as a lost connection does',
    async (path) => {
      halt.halt();
      expect(await outcome(fetch(base + path, { method: 'PUT' }))).toBe('TypeError');
      expect(asked).toEqual([]);
    },
  );

  it('still reads, backs up and publishes', async () => {
    halt.halt();
    answer.resolve(new Response());
    for (const path of ['/rooms/!a:b/messages', '/room_keys/keys', '/keys/signatures/upload']) {
      expect(await outcome(fetch(base + path))).toBe('answered');
    }
  });
});
