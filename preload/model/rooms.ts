import type { EventId, RoomId, UserId } from './ids';
import type { UndecryptableReason } from './undecryptable';

export interface RoomSummary {
  readonly id: RoomId;
  readonly name: string;
  /** Opaque id of decrypted or fetched media under the app scheme; null where there is none. */
  readonly avatar: string | null;
  readonly direct: boolean;
  readonly encrypted: boolean;
  readonly membership: 'join' | 'invite';
  /** Unread messages that count for the badge. */
  readonly unread: number;
  readonly highlights: number;
  /** Milliseconds since 1970 of the last message; the list is sorted by it, newest first. */
  readonly activity: number;
  readonly lastMessage: LastMessage | null;
}

export interface LastMessage {
  readonly sender: string;
  readonly own: boolean;
  readonly content: MessageContent;
}

/** Everything a timeline item can say. Markup never crosses the bridge as HTML to be trusted. */
export type MessageContent =
  | { readonly kind: 'text'; readonly body: string }
  | { readonly kind: 'emote'; readonly body: string }
  | { readonly kind: 'notice'; readonly body: string }
  | {
      readonly kind: 'attachment';
      readonly name: string;
      readonly media: 'image' | 'video' | 'audio' | 'file';
    }
  | { readonly kind: 'undecryptable'; readonly reason: UndecryptableReason }
  | { readonly kind: 'redacted' }
  | { readonly kind: 'unsupported'; readonly type: string };

/** What is known of how a message was encrypted. */
export type Shield =
  | 'none'
  | 'encrypted'
  | 'unverified_sender'
  | 'unknown_device'
  | 'authenticity_not_guaranteed'
  | 'not_encrypted';

export type Delivery = 'sent' | 'sending' | 'failed';

/**
 * Why a message that was to go out by itself waits for its writer instead: error codes, for what has
 * to be seen to first. It can then be sent again.
 */
export const heldBackReasons = ['identity_changed', 'policy_required', 'verify_own_first'] as const;

export type HeldBack = (typeof heldBackReasons)[number];

export interface TimelineItem {
  /** Stable over local echo: the transaction id for own messages of this run, else the event id. */
  readonly id: string;
  readonly eventId: EventId | null;
  /** Position: items are shown in ascending order of it. */
  readonly order: number;
  /** Milliseconds since 1970, by the server's clock (by ours for local echo). */
  readonly sentAt: number;
  readonly sender: Sender;
  readonly own: boolean;
  readonly delivery: Delivery;
  /** Only with `failed`. */
  readonly heldBack?: HeldBack;
  readonly shield: Shield;
  readonly content: MessageContent | StateChange;
}

export interface Sender {
  readonly userId: UserId;
  readonly name: string;
}

/** A change of the room itself, told as one quiet line. */
export type StateChange =
  | { readonly kind: 'joined'; readonly who: string }
  | { readonly kind: 'left'; readonly who: string }
  | { readonly kind: 'invited'; readonly who: string }
  | { readonly kind: 'removed'; readonly who: string }
  | { readonly kind: 'banned'; readonly who: string }
  | { readonly kind: 'room_created' }
  | { readonly kind: 'encryption_enabled' }
  | { readonly kind: 'room_named'; readonly name: string };

export interface TimelineStatus {
  readonly reachedStart: boolean;
  readonly loadingOlder: boolean;
}
