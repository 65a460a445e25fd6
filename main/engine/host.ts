/** The main thread's side of the engine: starts its thread, restarts it, carries calls and topics. */
import { Worker } from 'node:worker_threads';
import type { CallsOf, TopicName, ValidArgs } from '../../preload/contract';
import { connect, type Procedures, type Rpc } from '../link/rpc';
import { unmanaged, type ManagedPolicy } from '../policy/managed-policy';
import type { ValueSource } from '../topics/value-source';
import type { EngineProcedures, MainProcedures } from './protocol';

/**
 * Megabytes. The larger the heap may become, the later V8 looks for garbage: without these limits a
 * restore of 20,000 keys takes twice the memory; with half the old one all of it is looked through
 * more often. An engine that reached them would end as after a crash, and the windows stay.
 */
const heapLimits = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 1_024 };

export interface EngineHostParts {
  /** The built worker script. */
  readonly script: URL;
  readonly procedures: Omit<Procedures<MainProcedures>, 'topicMessage'>;
  /** What the organisation has set on this computer; without it, nothing. */
  readonly managed?: ValueSource<ManagedPolicy>;
  /** The engine's thread ended without being asked to; {@link EngineHost.open} starts another. */
  onCrash(): void;
}

interface Watched {
  readonly topic: TopicName;
  readonly params: unknown;
  readonly listener: (message: unknown) => void;
}

export class EngineHost {
  readonly #parts: EngineHostParts;
  readonly #watched = new Map<number, Watched>();
  #lastSubscription = 0;
  #crashed = false;
  #thread: { readonly worker: Worker; readonly rpc: Rpc<EngineProcedures> };

  constructor(parts: EngineHostParts) {
    this.#parts = parts;
    this.#thread = this.#startThread();
    parts.managed?.subscribe((managed) => {
      this.engine.call('managedChanged', managed).catch(() => undefined);
    });
  }

  get engine(): Rpc<EngineProcedures> {
    return this.#thread.rpc;
  }

  callContract<Name extends CallsOf<'engine'>>(
    name: Name,
    args: ValidArgs<Name>,
  ): Promise<unknown> {
    return this.engine.call('call', { name, args });
  }

  /** Watches a topic of the engine; goes on watching after a restart of the thread. */
  watch(topic: TopicName, params: unknown, listener: (message: unknown) => void): () => void {
    const subscription = ++this.#lastSubscription;
    this.#watched.set(subscription, { topic, params, listener });
    this.#openTopic(subscription, topic, params);
    return () => {
      this.#watched.delete(subscription);
      this.engine.call('closeTopic', { subscription }).catch(() => undefined);
    };
  }

  /** Opens the profile in the engine; on a fresh thread where the last one crashed. */
  open(args: Omit<Parameters<EngineProcedures['open']>[0], 'managed'>): Promise<string | null> {
    if (this.#crashed) this.#restart();
    const managed = this.#parts.managed?.value ?? unmanaged;
    return this.engine.call('open', { ...args, managed });
  }

  #restart(): void {
    this.#crashed = false;
    this.#thread = this.#startThread();
    for (const [subscription, { topic, params }] of this.#watched) {
      this.#openTopic(subscription, topic, params);
    }
  }

  /** Ends the thread as {@link close} does; {@link open} starts another. */
  async stop(withinMs: number): Promise<void> {
    this.#crashed = true;
    const { rpc } = this.#thread;
    await this.close(withinMs);
    rpc.close();
  }

  /** Lets the engine finish what it is writing, for at most `withinMs` milliseconds. */
  async close(withinMs: number): Promise<void> {
    const { worker, rpc } = this.#thread;
    worker.removeAllListeners('exit');
    const limit = AbortSignal.timeout(withinMs);
    await rpc.call('close', null, { signal: limit }).catch(() => undefined);
    await worker.terminate();
  }

  #openTopic(subscription: number, topic: TopicName, params: unknown): void {
    this.engine.call('openTopic', { subscription, topic, params }).catch(() => undefined);
  }

  #startThread(): { worker: Worker; rpc: Rpc<EngineProcedures> } {
    const worker = new Worker(this.#parts.script, { name: 'engine', resourceLimits: heapLimits });
    const rpc = connect<EngineProcedures, MainProcedures>(worker, {
      ...this.#parts.procedures,
      topicMessage: ({ subscription, message }) => {
        this.#watched.get(subscription)?.listener(message);
      },
    });
    // An uncaught error ends the thread; 'exit' follows and is where we act.
    worker.on('error', () => undefined);
    worker.on('exit', () => {
      this.#crashed = true;
      rpc.close();
      this.#parts.onCrash();
    });
    return { worker, rpc };
  }
}
