/** @see https://spec.matrix.org/latest/client-server-api/#server-side-key-backups */
import { Method } from 'matrix-js-sdk';
import { z } from 'zod';
import type { Homeserver } from './homeserver';
import { serverFailure } from './server-failure';

export const backupAlgorithm = 'm.megolm_backup.v1.curve25519-aes-sha2';

const backupVersion = z.object({
  version: z.string(),
  algorithm: z.string(),
  /** Keys in the backup. */
  count: z.number().int().nonnegative(),
  etag: z.string(),
  auth_data: z.looseObject({ public_key: z.string().optional() }),
});

export type BackupVersion = z.infer<typeof backupVersion>;

/** The account's current backup; null only where the server says that there is none (I2). */
export function findBackup(homeserver: Homeserver): Promise<BackupVersion | null> {
  return homeserver.find('/room_keys/version', backupVersion);
}

const created = z.object({ version: z.string() });

/** Creates a backup beside whatever there was: nothing is deleted by it (I1). */
export async function createBackup(homeserver: Homeserver, authData: object): Promise<string> {
  const body = JSON.stringify({ algorithm: backupAlgorithm, auth_data: authData });
  try {
    const answer = await homeserver.send(Method.Post, '/room_keys/version', body);
    return created.parse(JSON.parse(answer)).version;
  } catch (error) {
    throw serverFailure(error);
  }
}

const sessions = z.record(
  z.string(),
  z.object({
    session_data: z.object({ ephemeral: z.string(), mac: z.string(), ciphertext: z.string() }),
  }),
);
const roomSessions = z.object({ sessions: z.record(z.string(), z.unknown()) });
const allSessions = z.object({ rooms: z.record(z.string(), roomSessions) });

/** Sessions of a room as the server holds them, not yet looked into. */
export type BackedUpSessions = Readonly<Record<string, unknown>>;

/** One session's ciphertext; null where the server holds something else there. */
export function ciphertextOf(session: unknown): Ciphertext | null {
  return sessions.valueType.safeParse(session).data?.session_data ?? null;
}

export type Ciphertext = z.infer<typeof sessions>[string]['session_data'];

/** Null where the server knows no such backup. */
export async function downloadRoom(
  homeserver: Homeserver,
  version: string,
  roomId: string,
): Promise<BackedUpSessions | null> {
  const path = `/room_keys/keys/${encodeURIComponent(roomId)}`;
  return (await homeserver.find(path, roomSessions, { version }))?.sessions ?? null;
}

/** The whole backup in one answer, by room: only for what can't be asked for by room. */
export async function downloadAll(
  homeserver: Homeserver,
  version: string,
): Promise<ReadonlyMap<string, BackedUpSessions> | null> {
  const answer = await homeserver.find('/room_keys/keys', allSessions, { version });
  if (answer === null) return null;
  return new Map(Object.entries(answer.rooms).map(([roomId, room]) => [roomId, room.sessions]));
}
