import {
  ClientEvent,
  ConnectionError,
  SyncState,
  type MatrixClient,
  type MatrixEvent,
  type Room,
} from 'matrix-js-sdk';
import type { AccountContext } from '../account-context';
import { listen } from '../sync/listen';
import { sendAgain } from './send-again';

/**
 * Sends what failed for want of a connection once there is one again, in the order it was written
 * and under the old transaction ids. What a server refused waits for the person.
 *
 * @returns whether this session has heard from the server yet
 */
export function resendWhenConnected({ client, stopped }: AccountContext): () => boolean {
  let heardFromServer = false;
  listen(client, stopped, {
    [ClientEvent.Sync]: (state: SyncState, previous: SyncState | null) => {
      if (state !== SyncState.Syncing || previous === SyncState.Syncing) return;
      heardFromServer = true;
      for (const room of client.getRooms()) void resendFailed(client, room);
    },
  });
  return () => heardFromServer;
}

async function resendFailed(client: MatrixClient, room: Room): Promise<void> {
  const unconnected = room
    .getPendingEvents()
    .filter(({ error }) => (error as unknown) instanceof ConnectionError);
  for (const event of unconnected) {
    // What becomes of it shows in its timeline item.
    await sendAgain(client, room, event).catch(() => undefined);
  }
}

/** What {@link resendWhenConnected} takes for a reason to send a message again by itself. */
export function interrupted(): MatrixEvent['error'] {
  const error: unknown = new ConnectionError('The session was interrupted');
  return error as MatrixEvent['error'];
}
