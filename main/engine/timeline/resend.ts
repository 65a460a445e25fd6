import { ClientEvent, SyncState, type Room } from 'matrix-js-sdk';
import type { AccountContext } from '../account-context';
import { listen } from '../sync/listen';
import { isInterrupted } from './not-sent';
import type { SendAgain } from './send-again';

/**
 * Sends what failed for want of a connection once there is one again, in the order it was written
 * and under the old transaction ids. What a server refused waits for the person.
 *
 * @returns whether this session has heard from the server yet
 */
export function resendWhenConnected(
  { client, stopped }: AccountContext,
  sendAgain: SendAgain,
): () => boolean {
  let heardFromServer = false;
  listen(client, stopped, {
    [ClientEvent.Sync]: (state: SyncState, previous: SyncState | null) => {
      if (state !== SyncState.Syncing || previous === SyncState.Syncing) return;
      heardFromServer = true;
      for (const room of client.getRooms()) void resendInterrupted(room, sendAgain);
    },
  });
  return () => heardFromServer;
}

async function resendInterrupted(room: Room, sendAgain: SendAgain): Promise<void> {
  for (const event of room.getPendingEvents().filter(isInterrupted)) {
    // What becomes of it shows in its timeline item.
    await sendAgain(room, event).catch(() => undefined);
  }
}
