/** @see https://spec.matrix.org/latest/client-server-api/#post_matrixclientv3keysdevice_signingupload */
import { MatrixError, Method } from 'matrix-js-sdk';
import { z } from 'zod';
import type { UserId } from '../../../../preload/model/ids';
import { HoldfastError } from '../../../holdfast-error';
import type { Homeserver } from '../server/homeserver';
import { serverFailure } from '../server/server-failure';

const path = '/keys/device_signing/upload';
const passwordStage = 'm.login.password';
const challenge = z.object({
  session: z.string().optional(),
  flows: z.array(z.object({ stages: z.array(z.string()) })),
});

/**
 * Uploads the identity's public keys. Most servers take the first identity of an account without
 * asking who is there (MSC3967); the password goes out only to one that asked for it.
 *
 * @throws {HoldfastError} `reauth_required` where the server asks and there is no password to
 *   answer with, `wrong_password` where it does not accept it
 */
export async function uploadSigningKeys(
  homeserver: Homeserver,
  body: string,
  userId: UserId | string,
  accountPassword: string | undefined,
): Promise<void> {
  try {
    await homeserver.send(Method.Post, path, body);
  } catch (error) {
    const asked = challengeOf(error);
    if (asked === null) throw serverFailure(error);
    const byPassword = asked.flows.some(
      ({ stages }) => stages.length === 1 && stages[0] === passwordStage,
    );
    if (!byPassword || accountPassword === undefined) {
      throw new HoldfastError('reauth_required', 'The server asks who is there');
    }
    const auth = {
      type: passwordStage,
      identifier: { type: 'm.id.user', user: userId },
      password: accountPassword,
      session: asked.session,
    };
    const answer = JSON.stringify({ ...(JSON.parse(body) as object), auth });
    await homeserver.send(Method.Post, path, answer).catch((refusal: unknown) => {
      throw challengeOf(refusal) === null
        ? serverFailure(refusal)
        : new HoldfastError('wrong_password', 'Password not accepted');
    });
  }
}

function challengeOf(error: unknown): z.output<typeof challenge> | null {
  if (!(error instanceof MatrixError) || error.httpStatus !== 401) return null;
  return challenge.safeParse(error.data).data ?? null;
}
