import { ClientEvent, SyncState, type SyncStateData } from 'matrix-js-sdk';
import type { Connection } from '../../../preload/model/app';
import type { AccountContext } from '../account-context';

/** Tells the person whether the server is reached, in three words rather than six states. */
export function followConnection({ client, topics, stopped }: AccountContext): void {
  const follow = (state: SyncState, _before: SyncState | null, data?: SyncStateData): void => {
    const connection = connectionOf(state, data?.fromCache === true);
    if (connection !== null && !stopped.aborted) topics.connection.set(connection);
  };
  client.on(ClientEvent.Sync, follow);
  stopped.addEventListener('abort', () => client.off(ClientEvent.Sync, follow), { once: true });
}

/** Null where a state says nothing about the connection. */
function connectionOf(state: SyncState, fromCache: boolean): Connection | null {
  switch (state) {
    case SyncState.Prepared:
    case SyncState.Syncing:
      // What the store held says nothing about the server; it may come after a failed request.
      return fromCache ? null : { state: 'online' };
    case SyncState.Error:
    case SyncState.Reconnecting:
      return { state: 'reconnecting', retryAt: null };
    default:
      return null;
  }
}
