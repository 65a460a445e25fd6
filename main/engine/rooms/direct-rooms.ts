/**
 * Which rooms are conversations with one person, from the account's `m.direct`.
 * @see https://spec.matrix.org/latest/client-server-api/#direct-messaging
 */
import { ClientEvent, EventType, type MatrixClient } from 'matrix-js-sdk';

type DirectContent = Readonly<Record<string, unknown>>;

export function directRoomIds(client: MatrixClient): ReadonlySet<string> {
  return new Set(
    Object.values(directContent(client))
      .flatMap((rooms): unknown[] => (Array.isArray(rooms) ? rooms : []))
      .filter((room) => typeof room === 'string'),
  );
}

/** Notes on the server that a room is the conversation with `userId`. */
export async function markDirect(
  client: MatrixClient,
  roomId: string,
  userId: string,
): Promise<void> {
  // Without a completed sync the present content is not known, and writing would erase it.
  if (!client.isInitialSyncComplete()) await initialSync(client);
  if (directRoomIds(client).has(roomId)) return;
  const content = directContent(client);
  const known = Object.entries(content).find(([user]) => user === userId)?.[1];
  const rooms: unknown[] = Array.isArray(known) ? known : [];
  await client.setAccountData(EventType.Direct, {
    ...content,
    [userId]: [...rooms, roomId],
  } as Record<string, string[]>);
}

function directContent(client: MatrixClient): DirectContent {
  return client.getAccountData(EventType.Direct)?.getContent() ?? {};
}

function initialSync(client: MatrixClient): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!client.isInitialSyncComplete()) return;
      client.off(ClientEvent.Sync, check);
      resolve();
    };
    client.on(ClientEvent.Sync, check);
  });
}
