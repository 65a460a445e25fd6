import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';
import type { KnownPassword } from './password-guard';

const key = 'session';

/** What takes the account up again after a restart; lies in the encrypted crypto.db only. */
const storedSession = z.object({
  userId: z.string(),
  deviceId: z.string(),
  baseUrl: z.url(),
  accessToken: z.string(),
});

export type StoredSession = z.infer<typeof storedSession>;

/** A login that is to go on in its person's own profile. Secret: it holds the access token. */
export interface FreshLogin {
  readonly session: StoredSession;
  readonly password: KnownPassword;
}

export function readStoredSession(records: KeyValueTable): StoredSession | null {
  const record = records.get(key);
  return record === undefined ? null : storedSession.parse(record);
}

export function writeStoredSession(records: KeyValueTable, session: StoredSession): void {
  records.set(key, session);
}

export function forgetStoredSession(records: KeyValueTable): void {
  records.delete(key);
}
