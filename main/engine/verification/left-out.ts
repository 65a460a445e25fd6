import type { MatrixClient } from 'matrix-js-sdk';
import type { Account } from '../../../preload/model/app';
import type { LeftOut } from '../../../preload/model/people';
import { countDevices } from './judge';

export const nobodyLeftOut: LeftOut = { people: 0, devices: 0 };

/** Who could not read a message that goes to verified devices alone. */
export async function leftOutOf(
  client: MatrixClient,
  account: Account,
  others: readonly { readonly userId: string }[],
): Promise<LeftOut> {
  const { deviceId } = account;
  const own = await countDevices(client, account.userId, deviceId);
  const counts = await Promise.all(
    others.map(({ userId }) => countDevices(client, userId, deviceId)),
  );
  return {
    people: counts.filter(({ all, verified }) => all > 0 && verified === 0).length,
    devices: [own, ...counts].reduce((sum, { all, verified }) => sum + all - verified, 0),
  };
}
