/**
 * Serves the contract: the only way a window's call reaches the app. Sender and arguments are
 * checked here, once, for every call there is.
 */
import {
  calls,
  type CallName,
  type Handlers,
  type CallsOf,
  type ValidArgs,
} from '../../preload/contract';
import type { Reply } from '../../preload/api';
import { topicCalls } from '../../preload/transport';
import { HoldfastError } from '../holdfast-error';
import type { Sender } from '../shell/shell';
import { reply } from './reply';
import type { Subscriptions } from './subscriptions';
import { requireTrustedSender } from './trusted-sender';

/** Hands a validated call to the engine. */
export type CallEngine = <Name extends CallsOf<'engine'>>(
  name: Name,
  args: ValidArgs<Name>,
) => Promise<unknown>;

export interface DispatcherParts {
  /** Known only after the shell is open, hence a function. */
  readonly appOrigin: () => string;
  readonly handlers: Handlers<'main'>;
  readonly callEngine: CallEngine;
  readonly subscriptions: Subscriptions;
}

export type Dispatch = (sender: Sender | null, name: unknown, args: unknown) => Promise<Reply>;

export function createDispatcher(parts: DispatcherParts): Dispatch {
  async function answer(sender: Sender, name: unknown, args: unknown): Promise<unknown> {
    if (name === topicCalls.open) {
      parts.subscriptions.open(sender, args);
      return undefined;
    }
    if (name === topicCalls.close) {
      parts.subscriptions.close(sender, args);
      return undefined;
    }
    if (!isCallName(name)) throw new HoldfastError('bad_request', 'No such call');

    const { args: schema, by } = calls[name];
    const parsed = schema.safeParse(args);
    if (!parsed.success)
      throw new HoldfastError('bad_request', `Arguments of ${name} not accepted`);

    if (by === 'engine') return parts.callEngine(name as never, parsed.data as never);
    const handler = parts.handlers[name as CallsOf<'main'>] as (args: unknown) => Promise<unknown>;
    return handler(parsed.data);
  }

  return (sender, name, args) =>
    reply(() => answer(requireTrustedSender(sender, parts.appOrigin()), name, args));
}

function isCallName(name: unknown): name is CallName {
  return typeof name === 'string' && Object.hasOwn(calls, name);
}
