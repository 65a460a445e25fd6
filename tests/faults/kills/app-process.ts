/** One run of the app: started on a profile, spoken to, and killed or closed. */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { CallArgs, CallResult, CallsOf, TopicName } from '../../../preload/contract';
import { fromBridgeError } from '../../../main/holdfast-error';
import type { AppState, Connection } from '../../../preload/model/app';
import type { KeyHealth, RestoreState, SetupState } from '../../../preload/model/keys';
import type { FromApp, RawEvent, ToApp } from './app-messages';
import type { BuiltApp } from './build-app';

export interface AppParts {
  readonly built: BuiltApp;
  /** The keychain's address and what else the app needs to find. */
  readonly env: NodeJS.ProcessEnv;
  readonly node: string;
}

/** Milliseconds after which a condition counts as not met. */
export const patienceMs = 30_000;

export class GoneError extends Error {
  constructor() {
    super('The app is gone');
  }
}

/** What a step was ended by, for those that end in order to be looked at. */
export function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error('Not an error', { cause: error });
}

export class AppProcess {
  readonly confirmed: RawEvent[] = [];
  state: AppState = { phase: 'starting' };
  connection: Connection = { state: 'connecting' };
  keys: KeyHealth | null = null;
  setup: SetupState = { step: 'idle' };
  readonly restores: RestoreState[] = [];
  storeKey: Buffer | null = null;
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;
  readonly #calls = new Map<number, PromiseWithResolvers<unknown>>();
  readonly #topics = new Map<number, (message: unknown) => void>();
  readonly #checks = new Set<() => void>();
  #isGone = false;
  #last = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', (message: FromApp) => {
      this.#take(message);
      this.poke();
    });
    // 'close' follows the last message that was sent before the end.
    this.#ended = once(child, 'close').then(() => {
      this.#isGone = true;
      for (const { reject } of this.#calls.values()) reject(new GoneError());
      this.poke();
    });
  }

  static start({ built, env, node }: AppParts, profileDir: string): AppProcess {
    const child = fork(built.child, [profileDir, built.engine], {
      execPath: node,
      execArgv: [],
      env,
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    const app = new AppProcess(child);
    app.watch('connection', {}, (message) => (app.connection = message as Connection));
    app.watch('keys', {}, (message) => (app.keys = message as KeyHealth));
    app.watch('setup', {}, (message) => (app.setup = message as SetupState));
    app.watch('restore', {}, (message) => app.restores.push(message as RestoreState));
    return app;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  call<Name extends CallsOf<'engine'>>(
    name: Name,
    args: CallArgs<Name>,
  ): Promise<CallResult<Name>> {
    const call = ++this.#last;
    const answer = Promise.withResolvers<unknown>();
    this.#calls.set(call, answer);
    this.#say({ kind: 'call', call, name, args });
    // A kill may come before anybody waits for the answer.
    answer.promise.catch(() => undefined);
    return answer.promise as Promise<CallResult<Name>>;
  }

  watch(topic: TopicName, params: unknown, listener: (message: unknown) => void): void {
    const watch = ++this.#last;
    this.#topics.set(watch, listener);
    this.#say({ kind: 'watch', watch, topic, params });
  }

  /**
   * Waits until `holds`, looked at whenever the app said something.
   *
   * @throws {GoneError} where the app ends first; an error naming `what` after {@link patienceMs}
   */
  async until(what: string, holds: () => boolean): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const inVain = new Error(`Waited in vain: ${what}`);
    const check = (): void => {
      if (this.#isGone) reject(new GoneError());
      else if (holds()) resolve();
    };
    const timer = setTimeout(() => reject(inVain), patienceMs);
    this.#checks.add(check);
    check();
    await promise.finally(() => {
      clearTimeout(timer);
      this.#checks.delete(check);
    });
  }

  /** Has everything that is waited for looked at once more. */
  poke(): void {
    for (const check of [...this.#checks]) check();
  }

  /** Ends the process as a crash of the computer's memory would; nothing of it runs on. */
  async kill(): Promise<void> {
    this.#child.kill('SIGKILL');
    await this.#ended;
  }

  /** Ends it as quitting does. */
  async close(): Promise<void> {
    this.#say({ kind: 'close' });
    await this.#ended;
  }

  #say(message: ToApp): void {
    if (this.#isGone || !this.#child.connected) return;
    this.#child.send(message, () => undefined);
  }

  #take(message: FromApp): void {
    switch (message.kind) {
      case 'app':
        this.state = message.state;
        break;
      case 'storeKey':
        this.storeKey = Buffer.from(message.storeKey, 'base64');
        break;
      case 'topic':
        this.#topics.get(message.watch)?.(message.message);
        break;
      case 'answer':
        this.#calls.get(message.call)?.resolve(message.result);
        this.#calls.delete(message.call);
        break;
      case 'refusal':
        this.#calls.get(message.call)?.reject(fromBridgeError(message.error));
        this.#calls.delete(message.call);
        break;
      case 'confirmed':
        this.confirmed.push(...message.events);
    }
  }
}
