/** @see https://spec.matrix.org/latest/client-server-api/#password-based */
import { createClient, MatrixError, ConnectionError } from 'matrix-js-sdk';
import { HoldfastError } from '../../holdfast-error';
import { silentLogger } from '../silent-logger';
import type { StoredSession } from './stored-session';

export interface PasswordLogin {
  readonly baseUrl: string;
  /** A local name or a whole user id. */
  readonly user: string;
  readonly password: string;
}

/**
 * Signs in as a new device.
 *
 * @throws {HoldfastError} `wrong_password`, `account_deactivated`, `rate_limited` (with
 *   `retryAfterMs`), `login_unsupported`, or what the network says
 */
export async function loginWithPassword(
  fetch: typeof globalThis.fetch,
  { baseUrl, user, password }: PasswordLogin,
): Promise<StoredSession> {
  const client = createClient({ baseUrl, fetchFn: fetch, logger: silentLogger });
  try {
    const answer = await client.loginRequest({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user: user.trim() },
      password,
      initial_device_display_name: deviceName(),
    });
    return {
      userId: answer.user_id,
      deviceId: answer.device_id,
      accessToken: answer.access_token,
      baseUrl: answer.well_known?.['m.homeserver']?.base_url?.replace(/\/$/, '') ?? baseUrl,
    };
  } catch (error) {
    throw loginError(error, new URL(baseUrl).host);
  }
}

function loginError(error: unknown, server: string): HoldfastError {
  if (error instanceof ConnectionError && error.cause instanceof HoldfastError) return error.cause;
  if (!(error instanceof MatrixError)) {
    return new HoldfastError('offline', 'Login not answered', { server }, { cause: error });
  }
  switch (error.errcode) {
    case 'M_USER_DEACTIVATED':
      return new HoldfastError('account_deactivated', 'Account deactivated', { server });
    case 'M_LIMIT_EXCEEDED':
      return new HoldfastError('rate_limited', 'Too many attempts', {
        server,
        retryAfterMs: error.getRetryAfterMs() ?? 60_000,
      });
    case 'M_FORBIDDEN':
      return new HoldfastError('wrong_password', 'Name or password not accepted', { server });
    case 'M_UNKNOWN':
    case 'M_UNRECOGNIZED':
      return new HoldfastError('login_unsupported', 'Password login not offered', { server });
    default:
      return new HoldfastError('server_error', `Login refused: ${String(error.httpStatus)}`, {
        server,
      });
  }
}

/** How this device appears in the account's device list. */
function deviceName(): string {
  const systems: Partial<Record<NodeJS.Platform, string>> = {
    win32: 'Windows',
    darwin: 'macOS',
    linux: 'Linux',
  };
  return `Holdfast (${systems[process.platform] ?? process.platform})`;
}
