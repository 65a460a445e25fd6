/**
 * Every call and every topic that crosses between the app's window and its main process, once.
 *
 * The entries lie in contract/, by subject. From them come the typed API (api.ts), the validating
 * dispatcher (main/bridge) and the compile-time check that each call has exactly one handler. Only
 * main evaluates the schemas; the window imports this file's types alone.
 */
import type { z } from 'zod';
import { accountCalls } from './contract/account-calls';
import { appCalls } from './contract/app-calls';
import type { AnsweredBy, Call, Topic, TopicShape } from './contract/entries';
import { keyCalls } from './contract/key-calls';
import { roomCalls } from './contract/room-calls';
import { topics } from './contract/topics';

export type { AnsweredBy };
export { topics };

export const calls = { ...appCalls, ...accountCalls, ...keyCalls, ...roomCalls } as const;

type Calls = typeof calls;
type Topics = typeof topics;

export type CallName = keyof Calls;
/** What the window passes. */
export type CallArgs<Name extends CallName> = z.input<Calls[Name]['args']>;
/** What a handler receives, validated. */
export type ValidArgs<Name extends CallName> = z.output<Calls[Name]['args']>;
export type CallResult<Name extends CallName> =
  Calls[Name] extends Call<z.ZodType, infer Result, AnsweredBy> ? Result : never;
export type CallsOf<By extends AnsweredBy> = {
  [Name in CallName]: Calls[Name]['by'] extends By ? Name : never;
}[CallName];

export type TopicName = keyof Topics;
export type TopicParams<Name extends TopicName> = z.input<Topics[Name]['params']>;
export type ValidTopicParams<Name extends TopicName> = z.output<Topics[Name]['params']>;
export type TopicItem<Name extends TopicName> =
  Topics[Name] extends Topic<z.ZodType, TopicShape, infer Item, AnsweredBy> ? Item : never;
export type ShapeOf<Name extends TopicName> = Topics[Name]['shape'];

/** Changes of a collection; `reset` starts over (the first message is always a reset). */
export interface CollectionPatch<Item> {
  readonly reset: boolean;
  readonly upsert: readonly Item[];
  readonly remove: readonly string[];
}

/** One message of a topic: the value, or the patch of a collection. */
export type TopicMessage<Name extends TopicName> =
  ShapeOf<Name> extends 'value' ? TopicItem<Name> : CollectionPatch<TopicItem<Name>>;

/** One handler for each call of that side: a missing or a surplus one does not compile. */
export type Handlers<By extends AnsweredBy> = {
  [Name in CallsOf<By>]: (args: ValidArgs<Name>) => Promise<CallResult<Name>>;
};
