import { ClientEvent, SyncState } from 'matrix-js-sdk';
import type { Connection } from '../../../preload/model/app';
import type { AccountContext } from '../account-context';

/** Tells the person whether the server is reached, in three words rather than six states. */
export function followConnection({ client, topics, stopped }: AccountContext): void {
  const follow = (state: SyncState): void => {
    if (!stopped.aborted) topics.connection.set(connectionOf(state));
  };
  client.on(ClientEvent.Sync, follow);
  stopped.addEventListener('abort', () => client.off(ClientEvent.Sync, follow), { once: true });
}

function connectionOf(state: SyncState): Connection {
  switch (state) {
    case SyncState.Prepared:
    case SyncState.Syncing:
      return { state: 'online' };
    case SyncState.Error:
    case SyncState.Reconnecting:
      return { state: 'reconnecting', retryAt: null };
    default:
      return { state: 'connecting' };
  }
}
