/**
 * A session that the server has ended: what is known of it stays until its person signs in again.
 * Where the server only ended the access and still knows the device, signing in as the same device
 * keeps its keys in use.
 * @see https://spec.matrix.org/latest/client-server-api/#soft-logout
 */
import type { MatrixError } from 'matrix-js-sdk';
import { z } from 'zod';
import type { EndedSession } from '../../../preload/model/ended-session';
import type { UserId } from '../../../preload/model/ids';
import type { KeyValueTable, ProfileStore } from '../../store/profile-store';
import { countStoredKeys } from '../keys/carry-over/stored-keys';
import { handUnsentMessagesOn, unsentMessagesOf } from '../timeline/unsent-records';
import type { StoredSession } from './stored-session';

const key = 'ended-session';

const endedRecord = z.object({
  userId: z.string(),
  deviceId: z.string(),
  baseUrl: z.string(),
  /** The server still knows the device. */
  resumable: z.boolean(),
  /** Transaction ids of the messages that were on their way. */
  sending: z.array(z.string()),
});

export type EndedRecord = z.infer<typeof endedRecord>;

/** @param error what the server said when it no longer took the access token */
export function rememberEnded(
  records: KeyValueTable,
  { userId, deviceId, baseUrl }: StoredSession,
  error: MatrixError,
  sending: ReadonlySet<string>,
): void {
  const resumable = error.data['soft_logout'] === true;
  const record: EndedRecord = { userId, deviceId, baseUrl, resumable, sending: [...sending] };
  records.set(key, record);
}

export function readEnded(records: KeyValueTable): EndedRecord | null {
  return endedRecord.safeParse(records.get(key)).data ?? null;
}

export function forgetEnded(records: KeyValueTable): void {
  records.delete(key);
}

/** What the person is told of it, counted from the store; null where there is nothing to tell. */
export async function describeEnded({ crypto }: ProfileStore): Promise<EndedSession | null> {
  const ended = readEnded(crypto.records);
  if (ended === null) return null;
  const { userId, baseUrl, resumable } = ended;
  return {
    userId: userId as UserId,
    homeserver: {
      serverName: userId.slice(userId.indexOf(':') + 1),
      baseUrl,
      passwordLogin: true,
      singleSignOn: [],
    },
    resumable,
    keys: await countStoredKeys(crypto.indexedDB, ended).catch(() => null),
    unsent: unsentMessagesOf(crypto.records, ended).length,
  };
}

/**
 * What the session that the server ended could not get out goes on with this one.
 *
 * @returns what is sent by itself. A new device's transaction ids tell the server nothing: what it
 *   may have already waits for the person.
 */
export function takeOverUnsent(
  records: KeyValueTable,
  session: StoredSession,
): ReadonlySet<string> {
  const ended = readEnded(records);
  if (ended?.userId !== session.userId) return new Set();
  if (ended.deviceId === session.deviceId) return new Set(ended.sending);
  handUnsentMessagesOn(records, ended, session);
  return new Set();
}
