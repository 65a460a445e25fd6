import type { StoredSession } from '../session/stored-session';

/** A session that was given up and is to be taken up again from what is stored. */
export interface InterruptedSession {
  readonly stored: StoredSession;
  /** Transaction ids of the messages it was sending. */
  readonly resending: ReadonlySet<string>;
}
