import { ClientEvent, SyncState, type MatrixClient } from 'matrix-js-sdk';
import { HoldfastError } from '../../../holdfast-error';

/**
 * Waits for the first sync: which rooms there are, and when people last spoke in them, is known
 * after it.
 *
 * @throws {HoldfastError} `cancelled` where the signal comes first
 */
export async function firstSync(client: MatrixClient, signal: AbortSignal): Promise<void> {
  if (client.isInitialSyncComplete()) return;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const onSync = (state: SyncState): void => {
    if (state === SyncState.Prepared || state === SyncState.Syncing) resolve(undefined);
  };
  const onStop = (): void => reject(new HoldfastError('cancelled', 'It was stopped'));
  if (signal.aborted) onStop();
  client.on(ClientEvent.Sync, onSync);
  signal.addEventListener('abort', onStop, { once: true });
  try {
    await promise;
  } finally {
    client.off(ClientEvent.Sync, onSync);
    signal.removeEventListener('abort', onStop);
  }
}
