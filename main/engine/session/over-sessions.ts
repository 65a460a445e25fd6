import type { Source } from '../../topics/source';
import type { AccountSession } from './account-session';

export interface SessionFollowing {
  followSession(follower: (session: AccountSession | null) => void): () => void;
}

/**
 * A topic of the session that goes on when another session takes its place: its listener hears the
 * snapshot of the new one, once that knows what is stored.
 */
export function overSessions<Message>(
  engine: SessionFollowing,
  open: (session: AccountSession) => Source<Message>,
): Source<Message> {
  return {
    subscribe(listener) {
      let present: AccountSession | null = null;
      let stop = (): void => undefined;
      const listenTo = (session: AccountSession): void => {
        if (present !== session) return;
        stop();
        stop = open(session).subscribe(listener);
      };
      const unfollow = engine.followSession((session) => {
        const isFirst = present === null;
        present = session;
        if (session === null) stop();
        else if (isFirst) listenTo(session);
        else
          void session.loaded.then(() => {
            listenTo(session);
          });
      });
      return () => {
        present = null;
        unfollow();
        stop();
      };
    },
  };
}
