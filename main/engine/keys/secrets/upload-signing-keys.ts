/** @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload */
import { Method } from 'matrix-js-sdk';
import type { UserId } from '../../../../preload/model/ids';
import { HoldfastError } from '../../../holdfast-error';
import { challengeOf, nextStages, passwordStage } from '../../interactive-auth/challenge';
import type { InteractiveAuth } from '../../interactive-auth/interactive-auth';
import type { Homeserver } from '../server/homeserver';
import { serverFailure } from '../server/server-failure';

const path = '/keys/device_signing/upload';

/**
 * Uploads the identity's public keys. Most servers take the first identity of an account without
 * asking who is there (MSC3967); the password goes out only to one that asked for it, and one that
 * asks for something else is answered by the person.
 *
 * @throws {HoldfastError} `reauth_required` where the server asks for the password and there is
 *   none to answer with, `wrong_password` where it does not accept it, or what {@link InteractiveAuth}
 *   says
 */
export async function uploadSigningKeys(
  homeserver: Homeserver,
  body: string,
  userId: UserId | string,
  accountPassword: string | undefined,
  interactiveAuth: InteractiveAuth,
): Promise<void> {
  try {
    await homeserver.send(Method.Post, path, body);
  } catch (error) {
    const asked = challengeOf(error);
    if (asked === null) throw serverFailure(error);
    if (!nextStages(asked).includes(passwordStage)) {
      await interactiveAuth.run((auth) => homeserver.send(Method.Post, path, withAuth(body, auth)));
      return;
    }
    if (accountPassword === undefined) {
      throw new HoldfastError('reauth_required', 'The server asks who is there');
    }
    const auth = {
      type: passwordStage,
      identifier: { type: 'm.id.user', user: userId },
      password: accountPassword,
      session: asked.session,
    };
    await homeserver.send(Method.Post, path, withAuth(body, auth)).catch((refusal: unknown) => {
      throw challengeOf(refusal) === null
        ? serverFailure(refusal)
        : new HoldfastError('wrong_password', 'Password not accepted');
    });
  }
}

/** @param body JSON of an object */
export function withAuth(body: string, auth: object | undefined): string {
  return auth === undefined ? body : JSON.stringify({ ...(JSON.parse(body) as object), auth });
}
