/** @see https://spec.matrix.org/latest/client-server-api/#server-side-key-backups */
import { MatrixError, Method } from 'matrix-js-sdk';
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

/** One of the account's backups, current or not; null only where the server says that it is gone. */
export function findBackupVersion(
  homeserver: Homeserver,
  version: string,
): Promise<BackupVersion | null> {
  return homeserver.find(`/room_keys/version/${encodeURIComponent(version)}`, backupVersion);
}

/** For good. A backup that is gone already is as good as deleted. */
export async function deleteBackup(homeserver: Homeserver, version: string): Promise<void> {
  const path = `/room_keys/version/${encodeURIComponent(version)}`;
  try {
    await homeserver.send(Method.Delete, path, '{}');
  } catch (error) {
    if (error instanceof MatrixError && error.errcode === 'M_NOT_FOUND') return;
    throw serverFailure(error);
  }
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
