import { createClient } from 'matrix-js-sdk';
import { silentLogger } from '../../../main/engine/silent-logger';
import type { RegisteredUser } from '../../support/homeserver/homeserver';
import type { Login } from './workload';

/** Logs in as a new device. */
export async function logIn(baseUrl: string, user: RegisteredUser): Promise<Login> {
  const login = await createClient({ baseUrl, logger: silentLogger }).loginRequest({
    type: 'm.login.password',
    identifier: { type: 'm.id.user', user: user.userId },
    password: user.password,
  });
  return {
    baseUrl,
    userId: login.user_id,
    deviceId: login.device_id,
    accessToken: login.access_token,
  };
}
