import { createClient } from 'matrix-js-sdk';
import { silentLogger } from '../silent-logger';
import { endLogin } from './end-login';
import type { EndedRecord } from './ended-session';
import { loginWithPassword, type PasswordLogin } from './password-login';
import { requestError } from './request-error';
import type { StoredSession } from './stored-session';

/**
 * Signs in as the device of the session that ended, where the server still has that device and its
 * keys; else as a new one. A device that was deleted meanwhile would come back without the keys that
 * others encrypt for, and this one's store takes them for published.
 *
 * @throws {HoldfastError} what {@link loginWithPassword} and the network say
 */
export async function signInAgain(
  fetch: typeof globalThis.fetch,
  login: PasswordLogin,
  ended: EndedRecord | null,
): Promise<StoredSession> {
  if (ended?.resumable !== true) return loginWithPassword(fetch, login);
  const session = await loginWithPassword(fetch, login, ended);
  if (session.deviceId !== ended.deviceId || (await hasKeys(fetch, session))) return session;
  await endLogin(fetch, session);
  return loginWithPassword(fetch, login);
}

/** Whether the server has the device's keys; only its word counts (I2). */
async function hasKeys(
  fetch: typeof globalThis.fetch,
  { baseUrl, accessToken, userId, deviceId }: StoredSession,
): Promise<boolean> {
  const credentials = { baseUrl, accessToken, userId, deviceId };
  const client = createClient({ ...credentials, fetchFn: fetch, logger: silentLogger });
  try {
    const answer = await client.downloadKeysForUsers([userId]);
    return answer.device_keys[userId]?.[deviceId] !== undefined;
  } catch (error) {
    throw requestError(error);
  }
}
