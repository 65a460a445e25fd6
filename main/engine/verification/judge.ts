/** What a user's keys say of who they are, and of their devices. */
import { OtherUserIdentity, UserId as MatrixUserId } from '@matrix-org/matrix-sdk-crypto-wasm';
import type { MatrixClient } from 'matrix-js-sdk';
import type { PersonTrust } from '../../../preload/model/people';
import { cryptoOf, olmMachineOf } from '../keys/olm-machine';

export interface Judgement {
  readonly trust: PersonTrust;
  readonly wasVerified: boolean;
}

/** By their identity alone: nobody is "verified" to a device that is not verified itself. */
export async function judge(client: MatrixClient, userId: string): Promise<Judgement> {
  const identity = await olmMachineOf(client).getIdentity(new MatrixUserId(userId));
  if (identity === undefined) return { trust: 'unverified', wasVerified: false };
  try {
    const verified = identity.isVerified();
    if (!(identity instanceof OtherUserIdentity))
      return { trust: 'unverified', wasVerified: false };
    const wasVerified = identity.hasVerificationViolation();
    if (wasVerified || identity.identityNeedsUserApproval())
      return { trust: 'changed', wasVerified };
    return { trust: verified ? 'verified' : 'unverified', wasVerified: false };
  } finally {
    identity.free();
  }
}

/** Whether this account's identity is verified on this device. */
export async function isIdentityVerified(client: MatrixClient, userId: string): Promise<boolean> {
  return (await cryptoOf(client).getUserVerificationStatus(userId)).isCrossSigningVerified();
}

export interface DeviceCounts {
  readonly all: number;
  readonly verified: number;
  /** Not signed by their owner's identity. */
  readonly unconfirmed: number;
}

/** The user's devices as they are known here, without the one named. */
export async function countDevices(
  client: MatrixClient,
  userId: string,
  without: string,
): Promise<DeviceCounts> {
  const known = await olmMachineOf(client).getUserDevices(new MatrixUserId(userId));
  try {
    const devices = known.devices();
    const judged = devices
      .filter((device) => device.deviceId.toString() !== without)
      .map((device) => ({
        verified: device.isVerified(),
        confirmed: device.isCrossSignedByOwner(),
      }));
    for (const device of devices) device.free();
    return {
      all: judged.length,
      verified: judged.filter(({ verified }) => verified).length,
      unconfirmed: judged.filter(({ confirmed }) => !confirmed).length,
    };
  } finally {
    known.free();
  }
}
