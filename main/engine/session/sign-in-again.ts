import { setTimeout as pause } from 'node:timers/promises';
import { createClient } from 'matrix-js-sdk';
import { isPassing } from '../keys/server/server-failure';
import { silentLogger } from '../silent-logger';
import { endLogin } from './end-login';
import type { EndedRecord } from './ended-session';
import { loginWithPassword, type PasswordLogin } from './password-login';
import { requestError } from './request-error';
import type { StoredSession } from './stored-session';

/** Milliseconds before each further try to find out about the device. */
const pausesMs = [500, 2_000];

/**
 * Signs in as the device of the session that ended, where the server still has that device and its
 * keys; else as a new one. A device that was deleted meanwhile would come back without the keys that
 * others encrypt for, and this one's store takes them for published: that one is ended. Only the
 * server's word does that (I2), since with a device ends what waits for it, keys included (I1); where
 * there is none, the next sign-in finds out.
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

/** Whether the server has the device's keys; a failure that passes is waited for, for a moment. */
async function hasKeys(
  fetch: typeof globalThis.fetch,
  { baseUrl, accessToken, userId, deviceId }: StoredSession,
): Promise<boolean> {
  const credentials = { baseUrl, accessToken, userId, deviceId };
  const client = createClient({ ...credentials, fetchFn: fetch, logger: silentLogger });
  for (let failures = 0; ; failures += 1) {
    try {
      const answer = await client.downloadKeysForUsers([userId]);
      return answer.device_keys[userId]?.[deviceId] !== undefined;
    } catch (error) {
      const pauseMs = pausesMs[failures];
      if (pauseMs === undefined || !isPassing(requestError(error))) throw requestError(error);
      await pause(pauseMs);
    }
  }
}
