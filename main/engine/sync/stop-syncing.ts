import { ClientEvent, SyncState, type MatrixClient } from 'matrix-js-sdk';

/**
 * Milliseconds for the sync loop to finish what it has received. Less than the app has for its whole
 * end, so that the stores are still closed in order.
 */
const finishWithinMs = 3_000;

/** The states in which the SDK's loop runs on to its end; in the others it waits for nothing. */
const running = new Set<SyncState | null>([
  SyncState.Prepared,
  SyncState.Syncing,
  SyncState.Catchup,
]);

export function isSyncing(client: MatrixClient): boolean {
  return running.has(client.getSyncState());
}

/** Stops the client, and resolves once what it was processing is in its stores. */
export async function stopSyncing(client: MatrixClient): Promise<void> {
  if (!isSyncing(client)) {
    client.stopClient();
    return;
  }
  const { promise: finished, resolve } = Promise.withResolvers<void>();
  const follow = (state: SyncState): void => {
    if (state === SyncState.Stopped) resolve();
  };
  client.on(ClientEvent.Sync, follow);
  const limit = setTimeout(resolve, finishWithinMs);
  client.stopClient();
  await finished;
  clearTimeout(limit);
  client.off(ClientEvent.Sync, follow);
}
