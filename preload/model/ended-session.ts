import type { Homeserver } from './app';
import type { UserId } from './ids';

/** A session that the server has ended; everything of it is still on this computer. */
export interface EndedSession {
  readonly userId: UserId;
  readonly homeserver: Homeserver;
  /** The server still knows this device: signing in takes it up again. */
  readonly resumable: boolean;
  /** Room keys in this computer's store; null where they could not be counted. */
  readonly keys: number | null;
  /** Messages that the server did not get. */
  readonly unsent: number;
}
