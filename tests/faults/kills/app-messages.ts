/** What a killed app and its watcher say to each other over the child's channel. */
import type { CallsOf, TopicName } from '../../../preload/contract';
import type { BridgeError } from '../../../preload/errors';
import type { AppState } from '../../../preload/model/app';

/** An encrypted event as the server sent it. */
export interface RawEvent {
  readonly event_id: string;
  readonly room_id: string;
  readonly sender: string;
  readonly type: string;
  readonly content: Readonly<Record<string, unknown>>;
}

export type FromApp =
  | { readonly kind: 'app'; readonly state: AppState }
  /** Base64: what the watcher opens copies of the profile with. */
  | { readonly kind: 'storeKey'; readonly storeKey: string }
  | { readonly kind: 'topic'; readonly watch: number; readonly message: unknown }
  | { readonly kind: 'answer'; readonly call: number; readonly result: unknown }
  | { readonly kind: 'refusal'; readonly call: number; readonly error: BridgeError }
  /** The next sync request has confirmed these to the server: it forgets their keys. */
  | { readonly kind: 'confirmed'; readonly events: readonly RawEvent[] };

export type ToApp =
  | {
      readonly kind: 'call';
      readonly call: number;
      readonly name: CallsOf<'engine'>;
      readonly args: unknown;
    }
  | {
      readonly kind: 'watch';
      readonly watch: number;
      readonly topic: TopicName;
      readonly params: unknown;
    }
  | { readonly kind: 'close' };
