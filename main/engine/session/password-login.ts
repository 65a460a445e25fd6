/** @see https://spec.matrix.org/latest/client-server-api/#password-based */
import { createClient } from 'matrix-js-sdk';
import type { ErrorCode } from '../../../preload/errors';
import { requireSafeUrl } from '../../egress/egress';
import { HoldfastError } from '../../holdfast-error';
import { ownDeviceName } from '../devices/device-name';
import { silentLogger } from '../silent-logger';
import { requestError } from './request-error';
import type { EndedRecord } from './ended-session';
import type { StoredSession } from './stored-session';

export interface PasswordLogin {
  readonly baseUrl: string;
  /** A local name or a whole user id. */
  readonly user: string;
  readonly password: string;
}

/**
 * Signs in as a new device, or as `resume`, where that device is the same account's and the server
 * has only ended its access.
 *
 * @throws {HoldfastError} `wrong_password`, `account_deactivated`, `rate_limited` (with
 *   `retryAfterMs`), `login_unsupported`, or what the network says
 */
export async function loginWithPassword(
  fetch: typeof globalThis.fetch,
  { baseUrl, user, password }: PasswordLogin,
  resume: EndedRecord | null = null,
): Promise<StoredSession> {
  const network = rememberingFailure(fetch);
  const client = createClient({ baseUrl, fetchFn: network.fetch, logger: silentLogger });
  try {
    const answer = await client.loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: user.trim() },
      password,
      initial_device_display_name: ownDeviceName,
      ...(resume !== null && isOf(resume, user.trim(), baseUrl)
        ? { device_id: resume.deviceId }
        : {}),
    });
    return {
      userId: answer.user_id,
      deviceId: answer.device_id,
      accessToken: answer.access_token,
      baseUrl: delegatedUrl(answer.well_known?.['m.homeserver']?.base_url) ?? baseUrl,
    };
  } catch (error) {
    throw network.failure() ?? loginError(error, new URL(baseUrl).host);
  }
}

function isOf({ userId, baseUrl }: EndedRecord, typed: string, typedBaseUrl: string): boolean {
  const localpart = userId.slice(1, userId.indexOf(':'));
  return baseUrl === typedBaseUrl && (typed === userId || typed === localpart);
}

/** The address the server names in its answer, where it is one we would talk to. */
function delegatedUrl(baseUrl: unknown): string | null {
  if (typeof baseUrl !== 'string') return null;
  try {
    return requireSafeUrl(baseUrl).href.replace(/\/$/, '');
  } catch {
    // The login has worked where it was; a wrong hint does not undo that.
    return null;
  }
}

/** The SDK keeps of a network failure only its text: this keeps what it means. */
function rememberingFailure(fetch: typeof globalThis.fetch): {
  readonly fetch: typeof globalThis.fetch;
  failure(): HoldfastError | null;
} {
  let last: HoldfastError | null = null;
  return {
    async fetch(input, init) {
      try {
        return await fetch(input, init);
      } catch (error) {
        if (error instanceof HoldfastError) last = error;
        throw error;
      }
    },
    failure: () => last,
  };
}

function loginError(error: unknown, server: string): HoldfastError {
  const { code, message, data } = requestError(error, loginCodes, 'server_not_matrix');
  return new HoldfastError(code, message, { ...data, server }, { cause: error });
}

const loginCodes: Readonly<Record<string, ErrorCode>> = {
  M_USER_DEACTIVATED: 'account_deactivated',
  M_FORBIDDEN: 'wrong_password',
  M_UNKNOWN: 'login_unsupported',
  M_UNRECOGNIZED: 'login_unsupported',
};
