import { MessageChannel } from 'node:worker_threads';
import { afterEach, describe, expect, it } from 'vitest';
import { HoldfastError } from '../../../main/holdfast-error';
import { connect, Moved, type Procedures, type Rpc } from '../../../main/link/rpc';

interface Remote {
  double(args: number): number;
  fail(args: { readonly how: 'known' | 'unknown' }): void;
  forever(args: null): void;
  bytes(args: Uint8Array): Uint8Array;
  numbers(args: { readonly to: number }): { readonly stream: ReadableStream<number> };
}

const open: MessageChannel[] = [];

function linked(procedures: Partial<Procedures<Remote>>): Rpc<Remote> {
  const channel = new MessageChannel();
  open.push(channel);
  connect<object, Partial<Remote>>(channel.port2, procedures as Procedures<Partial<Remote>>);
  return connect<Remote, object>(channel.port1, {});
}

afterEach(() => {
  for (const { port1 } of open.splice(0)) port1.close();
});

describe('the link between the threads', () => {
  it('answers calls, many at once, each with its own result', async () => {
    const rpc = linked({ double: (number) => Promise.resolve(number * 2) });
    const numbers = Array.from({ length: 500 }, (_, number) => number);
    const doubled = await Promise.all(numbers.map((number) => rpc.call('double', number)));
    expect(doubled).toEqual(numbers.map((number) => number * 2));
  });

  it('carries known errors with code and data, and nothing of unknown ones', async () => {
    const rpc = linked({
      fail: ({ how }) => {
        if (how === 'known') throw new HoldfastError('rate_limited', 'slow', { retryAfterMs: 5 });
        throw new Error('token syt_secret');
      },
    });
    await expect(rpc.call('fail', { how: 'known' })).rejects.toMatchObject({
      code: 'rate_limited',
      data: { retryAfterMs: 5 },
    });
    const unknown = await rpc.call('fail', { how: 'unknown' }).catch((error: unknown) => error);
    expect(unknown).toMatchObject({ code: 'internal' });
    expect(String(unknown)).not.toContain('syt_secret');
  });

  it('hands a stream over, which is read only as fast as it is taken', async () => {
    let read = 0;
    const rpc = linked({
      numbers: ({ to }) => ({
        stream: new ReadableStream<number>({
          pull: (controller) => (read < to ? controller.enqueue(++read) : controller.close()),
        }),
      }),
    });
    const { stream } = await rpc.call('numbers', { to: 1000 });
    let sum = 0;
    for await (const number of stream) {
      sum += number;
      expect(read).toBeLessThan(number + 10);
    }
    expect(sum).toBe(500_500);
  });

  it('aborts on the other side', async () => {
    const aborted = Promise.withResolvers<void>();
    const rpc = linked({
      forever: (_args, signal) => {
        signal.addEventListener('abort', () => {
          aborted.resolve();
        });
        return new Promise<never>(() => undefined);
      },
    });
    const controller = new AbortController();
    const call = rpc.call('forever', null, { signal: controller.signal });
    controller.abort();
    await expect(call).rejects.toMatchObject({ code: 'cancelled' });
    await aborted.promise;
  });

  it('refuses procedures that don’t exist, inherited ones included', async () => {
    const rpc = linked({}) as unknown as Rpc<Record<string, (args: null) => void>>;
    for (const name of ['missing', 'constructor', '__proto__', 'toString']) {
      await expect(rpc.call(name, null)).rejects.toMatchObject({ code: 'bad_request' });
    }
  });

  it('moves bytes instead of copying them', async () => {
    let source: Uint8Array<ArrayBuffer> | undefined;
    const rpc = linked({
      bytes: (bytes) => {
        source = new Uint8Array(bytes);
        return new Moved(source, [source.buffer]) as unknown as Uint8Array;
      },
    });
    const sent = new Uint8Array([1, 2, 3]);
    const received = await rpc.call('bytes', sent, { transfer: [sent.buffer] });
    expect([...received]).toEqual([1, 2, 3]);
    expect(sent.byteLength).toBe(0);
    expect(source?.byteLength).toBe(0);
  });

  it('rejects what is open when it is closed, and everything after', async () => {
    const rpc = linked({ forever: () => new Promise<never>(() => undefined) });
    const call = rpc.call('forever', null);
    rpc.close();
    await expect(call).rejects.toMatchObject({ code: 'internal' });
    await expect(rpc.call('double', 1)).rejects.toMatchObject({ code: 'internal' });
  });
});
