/** The keys of the messages on screen, one by one: they come first, however large the backup is. */
import type { MatrixEvent } from 'matrix-js-sdk';
import { z } from 'zod';
import type { KeysContext } from '../keys-context';
import { olmMachineOf } from '../olm-machine';
import { decryptedSession } from './decrypt-slice';
import type { SessionDecryptor } from './decrypt-session';
import { importSessions } from './import-sessions';

/** More than any screen shows. */
const mostEvents = 60;
/** Requests under way at the same time. */
const atOnce = 6;

const megolmContent = z.object({ session_id: z.string() });

/**
 * Fetches them where the server answers. What fails is left to the rooms' own turn, which counts it and tries again.
 *
 * @param signal ends it
 */
export async function restoreScreen(
  context: KeysContext,
  version: string,
  decryptor: SessionDecryptor,
  signal: AbortSignal,
): Promise<void> {
  const wanted = context.watchedRooms.ids.flatMap((roomId) =>
    unreadableSessions(context, roomId).map((sessionId) => ({ roomId, sessionId })),
  );
  const found = new Map<string, Map<string, object>>();
  const fetchNext = async (): Promise<void> => {
    for (let next = wanted.shift(); next !== undefined; next = wanted.shift()) {
      if (signal.aborted) return;
      const { roomId, sessionId } = next;
      const session = await fetchSession(context, version, roomId, sessionId, decryptor);
      if (session === null) continue;
      const ofRoom = found.get(roomId) ?? new Map<string, object>();
      found.set(roomId, ofRoom.set(sessionId, session));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, fetchNext));
  signal.throwIfAborted();
  if (found.size > 0) await importSessions(olmMachineOf(context.client), version, found);
}

function unreadableSessions({ client }: KeysContext, roomId: string): string[] {
  const events = client.getRoom(roomId)?.getLiveTimeline().getEvents() ?? [];
  const sessions = events
    .slice(-mostEvents)
    .filter(isUnreadable)
    .map((event) => megolmContent.safeParse(event.getWireContent()).data?.session_id);
  // What was said last stands at the bottom, where people look first.
  return [...new Set(sessions.filter((session) => session !== undefined).toReversed())];
}

function isUnreadable(event: MatrixEvent): boolean {
  return event.isDecryptionFailure() || event.shouldAttemptDecryption();
}

async function fetchSession(
  { homeserver }: KeysContext,
  version: string,
  roomId: string,
  sessionId: string,
  decryptor: SessionDecryptor,
): Promise<object | null> {
  const path = `/room_keys/keys/${encodeURIComponent(roomId)}/${encodeURIComponent(sessionId)}`;
  const session = await homeserver.find(path, z.unknown(), { version }).catch(() => null);
  return decryptedSession(sessionId, session, decryptor);
}
