/**
 * A transport without an app behind it. Calls that a test did not answer are refused loudly, so
 * that a component can't lean on one the test knows nothing of.
 */
import type { Reply, Transport } from '../../preload/api';
import type {
  CallArgs,
  CallName,
  CallResult,
  TopicMessage,
  TopicName,
} from '../../preload/contract';
import { CallError } from '../../preload/api';
import type { ErrorCode, ErrorData } from '../../preload/errors';

type Answers = {
  [Name in CallName]?: (args: CallArgs<Name>) => CallResult<Name> | Promise<CallResult<Name>>;
};

interface Call {
  readonly name: string;
  readonly args: unknown;
}

export class FakeTransport implements Transport {
  /** Every call made, in order. */
  readonly calls: Call[] = [];
  /** Names of calls nobody answered; a test ends with none. */
  readonly unanswered: string[] = [];
  readonly #answers = new Map<string, (args: never) => unknown>();
  readonly #listeners = new Map<string, Set<(message: unknown) => void>>();
  readonly #latest = new Map<string, unknown>();

  answer(answers: Answers): this {
    for (const [name, answer] of Object.entries(answers)) {
      this.#answers.set(name, answer);
    }
    return this;
  }

  /** Publishes a topic's message; who subscribes later receives the last one. */
  publish<Name extends TopicName>(
    topic: Name,
    message: TopicMessage<Name>,
    params: object = {},
  ): this {
    const key = keyOf(topic, params);
    this.#latest.set(key, message);
    for (const listener of this.#listeners.get(key) ?? []) listener(message);
    return this;
  }

  callsOf(name: CallName): readonly unknown[] {
    return this.calls.filter((call) => call.name === name).map((call) => call.args);
  }

  /** How many listeners a topic has. */
  listeners(topic: TopicName, params: object = {}): number {
    return this.#listeners.get(keyOf(topic, params))?.size ?? 0;
  }

  async invoke(name: string, args: unknown): Promise<Reply> {
    this.calls.push({ name, args });
    const answer = this.#answers.get(name);
    if (!answer) {
      this.unanswered.push(name);
      return { ok: false, error: { code: 'internal', message: `No answer for ${name}`, data: {} } };
    }
    try {
      return { ok: true, value: await answer(args as never) };
    } catch (caught) {
      if (!(caught instanceof CallError)) throw caught;
      return {
        ok: false,
        error: { code: caught.code, message: caught.message, data: caught.data },
      };
    }
  }

  subscribe(topic: string, params: unknown, listener: (message: unknown) => void): () => void {
    const key = keyOf(topic, params);
    const listeners = this.#listeners.get(key) ?? new Set();
    this.#listeners.set(key, listeners.add(listener));
    if (this.#latest.has(key)) listener(this.#latest.get(key));
    return () => listeners.delete(listener);
  }
}

function keyOf(topic: string, params: unknown): string {
  return `${topic} ${JSON.stringify(params)}`;
}

/** What a call fails with. */
export function failure(code: ErrorCode, data: ErrorData = {}): CallError {
  return new CallError({ code, message: code, data });
}
