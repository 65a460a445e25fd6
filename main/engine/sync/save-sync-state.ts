/**
 * Saves the sync state once it is complete for the first time. The SDK by itself waits five
 * minutes, and an app closed before would start without its rooms.
 */
import { ClientEvent, SyncState } from 'matrix-js-sdk';
import type { AccountContext } from '../account-context';

export function saveSyncStateEarly({ client, stopped }: AccountContext): void {
  const save = (state: SyncState): void => {
    if (state !== SyncState.Syncing) return;
    client.off(ClientEvent.Sync, save);
    // The store falls back to memory by itself when its disk fails.
    client.store.save(true).catch(() => undefined);
  };
  client.on(ClientEvent.Sync, save);
  stopped.addEventListener('abort', () => client.off(ClientEvent.Sync, save), { once: true });
}
