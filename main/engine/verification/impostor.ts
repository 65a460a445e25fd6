import {
  OwnUserIdentity,
  UserId,
  type OtherUserIdentity,
} from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixClient } from 'matrix-js-sdk';
import { z } from 'zod';
import { cryptoOf, olmMachineOf } from '../keys/olm-machine';

const signingKey = z.object({ keys: z.record(z.string(), z.string()) });

/**
 * Whether the user has a device that is named as one of their signing keys. Comparing emoji proves
 * keys by name: such a device would have the person sign an identity while they believe to verify a
 * device.
 */
export async function hasImpostor(client: MatrixClient, userId: string): Promise<boolean> {
  const names = await signingKeyNames(client, userId);
  const devices = await cryptoOf(client).getUserDeviceInfo([userId]);
  return [...(devices.get(userId)?.keys() ?? [])].some((deviceId) => names.has(deviceId));
}

async function signingKeyNames(client: MatrixClient, userId: string): Promise<ReadonlySet<string>> {
  const identity: OwnUserIdentity | OtherUserIdentity | undefined = await olmMachineOf(
    client,
  ).getIdentity(new UserId(userId));
  if (identity === undefined) return new Set();
  try {
    const published = [identity.masterKey, identity.selfSigningKey];
    if (identity instanceof OwnUserIdentity) published.push(identity.userSigningKey);
    return new Set(published.flatMap(namesOf));
  } finally {
    identity.free();
  }
}

function namesOf(json: string): readonly string[] {
  const { keys } = signingKey.parse(JSON.parse(json));
  return Object.keys(keys).map((id) => id.slice(id.indexOf(':') + 1));
}
