/** The app's typed API, the same over every shell's transport. */
import type {
  CallArgs,
  CallName,
  CallResult,
  TopicMessage,
  TopicName,
  TopicParams,
} from './contract';
import type { BridgeError, ErrorCode, ErrorData } from './errors';

/** How a call is answered on the wire. */
export type Reply =
  | { readonly ok: true; readonly value: unknown }
  | { readonly ok: false; readonly error: BridgeError };

/** What a shell gives the window: nothing but these two. */
export interface Transport {
  invoke(name: string, args: unknown): Promise<Reply>;
  /** Delivers the snapshot first, then every change, in order. Returns the way to stop it. */
  subscribe(topic: string, params: unknown, listener: (message: unknown) => void): () => void;
}

/** A call that main refused or failed; `code` picks the sentence the person reads. */
export class CallError extends Error {
  override readonly name = 'CallError';
  readonly code: ErrorCode;
  readonly data: ErrorData;

  constructor(error: BridgeError) {
    super(error.message);
    this.code = error.code;
    this.data = error.data;
  }
}

export interface Api {
  /** @throws {CallError} */
  call<Name extends CallName>(name: Name, args: CallArgs<Name>): Promise<CallResult<Name>>;
  subscribe<Name extends TopicName>(
    topic: Name,
    params: TopicParams<Name>,
    listener: (message: TopicMessage<Name>) => void,
  ): () => void;
}

export function createApi(transport: Transport): Api {
  return {
    async call(name, args) {
      const reply = await transport.invoke(name, args);
      if (!reply.ok) throw new CallError(reply.error);
      // The contract is the type's source; main validated the arguments and typed the handler.
      return reply.value as never;
    },
    subscribe(topic, params, listener) {
      return transport.subscribe(topic, params, listener as (message: unknown) => void);
    },
  };
}
