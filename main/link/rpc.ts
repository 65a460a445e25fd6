/**
 * Calls in both directions over a message port: between the main thread and the engine's worker.
 * Requests, replies, abort and one-way notes; typed byte arrays are moved, not copied.
 */
import type { Transferable } from 'node:worker_threads';
import type { BridgeError } from '../../preload/errors';
import { HoldfastError, fromBridgeError, toBridgeError } from '../holdfast-error';

/** A side's procedures: one argument, a promise of the result; abortable where they take a signal. */
export type Procedures<Shape> = {
  [Name in keyof Shape]: Shape[Name] extends (args: infer Args) => infer Result
    ? (args: Args, signal: AbortSignal) => Result | Promise<Result>
    : never;
};

type ArgsOf<Shape, Name extends keyof Shape> = Shape[Name] extends (args: infer Args) => unknown
  ? Args
  : never;
type ResultOf<Shape, Name extends keyof Shape> = Shape[Name] extends (args: never) => infer Result
  ? Result
  : never;

export interface Rpc<Remote> {
  call<Name extends keyof Remote & string>(
    name: Name,
    args: ArgsOf<Remote, Name>,
    options?: {
      readonly signal?: AbortSignal | undefined;
      readonly transfer?: readonly Transferable[];
    },
  ): Promise<ResultOf<Remote, Name>>;
  /**
   * Rejects what is open, and every later call, with `internal`: nobody cancelled it. Call when the
   * other side is gone.
   */
  close(): void;
}

/** A result whose bytes are handed over instead of copied. */
export class Moved<Value> {
  constructor(
    readonly value: Value,
    readonly transfer: readonly Transferable[],
  ) {}
}

/** A stream can't be copied: those of a result are handed over. */
function streamsOf(result: unknown): Transferable[] {
  if (typeof result !== 'object' || result === null) return [];
  const streams = Object.values(result).filter((value) => value instanceof ReadableStream);
  // One class; the global's type is that of browsers.
  return streams as unknown[] as Transferable[];
}

type Message =
  | { readonly type: 'call'; readonly id: number; readonly name: string; readonly args: unknown }
  | { readonly type: 'abort'; readonly id: number }
  | { readonly type: 'result'; readonly id: number; readonly value: unknown }
  | { readonly type: 'error'; readonly id: number; readonly error: BridgeError };

interface Waiting {
  readonly resolve: (value: never) => void;
  readonly reject: (error: HoldfastError) => void;
}

/** The part of a MessagePort, Worker or parentPort that the link needs. */
export interface Port {
  postMessage(message: unknown, transfer?: Transferable[]): void;
  on(event: 'message', listener: (message: Message) => void): unknown;
}

export function connect<Remote, Local>(port: Port, local: Procedures<Local>): Rpc<Remote> {
  const waiting = new Map<number, Waiting>();
  const running = new Map<number, AbortController>();
  let lastId = 0;
  let closed = false;

  const post = (message: Message, transfer: readonly Transferable[] = []): void =>
    port.postMessage(message, [...transfer]);

  async function answer(id: number, name: string, args: unknown): Promise<void> {
    const controller = new AbortController();
    running.set(id, controller);
    try {
      if (!Object.hasOwn(local, name)) {
        throw new HoldfastError('bad_request', `No procedure ${name}`);
      }
      const procedure = local[name as keyof Local] as (
        args: unknown,
        signal: AbortSignal,
      ) => unknown;
      const result = await procedure(args, controller.signal);
      if (result instanceof Moved) {
        post({ type: 'result', id, value: result.value as unknown }, result.transfer);
      } else {
        post({ type: 'result', id, value: result }, streamsOf(result));
      }
    } catch (error) {
      post({ type: 'error', id, error: toBridgeError(error) });
    } finally {
      running.delete(id);
    }
  }

  port.on('message', (message: Message) => {
    switch (message.type) {
      case 'call':
        void answer(message.id, message.name, message.args);
        break;
      case 'abort':
        running.get(message.id)?.abort();
        break;
      case 'result':
        waiting.get(message.id)?.resolve(message.value as never);
        break;
      case 'error':
        waiting.get(message.id)?.reject(fromBridgeError(message.error));
        break;
    }
  });

  return {
    call(name, args, { signal, transfer = [] } = {}) {
      if (closed) return Promise.reject(new HoldfastError('internal', 'The link is closed'));
      const id = ++lastId;
      const { promise, resolve, reject } = Promise.withResolvers<never>();
      const abort = (): void => {
        post({ type: 'abort', id });
        reject(new HoldfastError('cancelled', `${name} was aborted`));
      };
      waiting.set(id, { resolve, reject });
      if (signal?.aborted) reject(new HoldfastError('cancelled', `${name} was aborted`));
      else {
        signal?.addEventListener('abort', abort, { once: true });
        post({ type: 'call', id, name, args }, transfer);
      }
      return promise.finally(() => {
        waiting.delete(id);
        signal?.removeEventListener('abort', abort);
      });
    },
    close() {
      closed = true;
      for (const { reject } of waiting.values()) {
        reject(new HoldfastError('internal', 'The link was closed'));
      }
      for (const controller of running.values()) controller.abort();
    },
  };
}
