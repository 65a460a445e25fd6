/**
 * A cross-signing identity that nobody has yet. It is made beside this device's own crypto store: there
 * it would take the place of the present one before the server knows it, and giving up would leave
 * this device without either.
 */
import { DeviceId, OlmMachine, UserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import { z } from 'zod';
import { HoldfastError } from '../../../holdfast-error';
import type { IdentityKeys } from './identity';

export interface NewIdentity extends IdentityKeys {
  /** The public master key, by which others know it. */
  readonly masterKey: string;
  /** What publishes it, as JSON. */
  readonly upload: string;
}

const publicKey = z.looseObject({});
const upload = z.object({
  // Without its signature: that is by the device it was made with, none of the account's.
  master_key: z.object({
    user_id: z.string(),
    usage: z.array(z.string()),
    keys: z.record(z.string(), z.string()),
  }),
  self_signing_key: publicKey,
  user_signing_key: publicKey,
});

export async function makeIdentity(userId: string): Promise<NewIdentity> {
  const machine = await OlmMachine.initialize(new UserId(userId), new DeviceId('NEWIDENTITY'));
  try {
    const requests = await machine.bootstrapCrossSigning(true);
    const exported = await machine.exportCrossSigningKeys();
    const { masterKey: master, self_signing_key: selfSigning, userSigningKey } = exported ?? {};
    const body = upload.parse(JSON.parse(requests.uploadSigningKeysRequest.body));
    requests.free();
    exported?.free();
    const [masterKey] = Object.values(body.master_key.keys);
    if (!master || !selfSigning || !userSigningKey || masterKey === undefined) {
      throw new HoldfastError('internal', 'The new identity is incomplete');
    }
    return {
      masterKey,
      master,
      selfSigning,
      userSigning: userSigningKey,
      upload: JSON.stringify(body),
    };
  } finally {
    machine.close();
  }
}
