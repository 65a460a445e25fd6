/**
 * Saves the sync state when an app started without a network would miss it: once it is complete for
 * the first time, when a room comes or goes, and then once a minute. The SDK by itself saves every
 * five minutes only.
 */
import { ClientEvent, RoomEvent, SyncState } from 'matrix-js-sdk';
import type { AccountContext } from '../account-context';

/** Milliseconds. */
const saveEveryMs = 60_000;

export function saveSyncState({ client, stopped }: AccountContext): void {
  let savedAt = 0;
  let roomsChanged = false;
  const noteRooms = (): void => {
    roomsChanged = true;
  };
  const save = (state: SyncState): void => {
    if (state !== SyncState.Syncing) return;
    if (!roomsChanged && Date.now() - savedAt < saveEveryMs) return;
    savedAt = Date.now();
    roomsChanged = false;
    // What fails is told by the store; the next save writes it again.
    client.store.save(true).catch(() => undefined);
  };
  client.on(ClientEvent.Sync, save);
  client.on(RoomEvent.MyMembership, noteRooms);
  stopped.addEventListener(
    'abort',
    () => {
      client.off(ClientEvent.Sync, save);
      client.off(RoomEvent.MyMembership, noteRooms);
    },
    { once: true },
  );
}
