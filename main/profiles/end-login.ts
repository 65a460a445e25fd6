import type { Egress } from '../egress/egress';
import type { StoredSession } from '../engine/session/stored-session';

/** Milliseconds a server gets to answer. */
const endWithinMs = 10_000;

/**
 * Ends a login that found no profile; never rejects. A server out of reach keeps a device without
 * keys.
 *
 * @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3logout
 */
export async function endLogin(
  egress: Egress,
  { baseUrl, accessToken }: Pick<StoredSession, 'baseUrl' | 'accessToken'>,
): Promise<void> {
  const request = {
    url: `${baseUrl.replace(/\/$/, '')}/_matrix/client/v3/logout`,
    method: 'POST',
    headers: [
      ['authorization', `Bearer ${accessToken}`],
      ['content-type', 'application/json'],
    ],
    body: new TextEncoder().encode('{}'),
    timeoutMs: endWithinMs,
  } as const;
  try {
    const { rest } = await egress(request, AbortSignal.timeout(endWithinMs));
    await rest?.cancel();
  } catch {
    // Nothing more can be done about it from here.
  }
}
