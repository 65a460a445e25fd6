import { createClient, type MatrixClient } from 'matrix-js-sdk';
import { silentLogger } from '../silent-logger';
import type { StoredSession } from './stored-session';
import { untilStopped } from './until-stopped';

/** Milliseconds a server gets to answer; nobody is kept here by a network that swallows packets. */
const endWithinMs = 10_000;

/** Tells the server that the client's device is gone, if the server can be reached; never rejects. */
export async function endDevice(client: Pick<MatrixClient, 'logout'>): Promise<void> {
  const { promise: limit, resolve } = Promise.withResolvers<void>();
  const timer = setTimeout(resolve, endWithinMs);
  await Promise.race([client.logout(true).catch(() => undefined), limit]);
  clearTimeout(timer);
}

/** Ends a login that did not become a session; never rejects. */
export async function endLogin(
  fetch: typeof globalThis.fetch,
  { baseUrl, accessToken, userId, deviceId }: StoredSession,
): Promise<void> {
  const stop = new AbortController();
  const fetchFn = untilStopped(fetch, stop.signal);
  const credentials = { baseUrl, accessToken, userId, deviceId };
  await endDevice(createClient({ ...credentials, fetchFn, logger: silentLogger }));
  stop.abort();
}
