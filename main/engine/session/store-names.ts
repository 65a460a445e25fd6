/** How crypto databases are named: after user and device, one for each device, never deleted. */
import type { StoredSession } from './stored-session';

type Device = Pick<StoredSession, 'userId' | 'deviceId'>;

/** How matrix-sdk-crypto-wasm ends the names of the databases it makes for a prefix. */
const databaseSuffix = '::matrix-sdk-crypto';

/** The prefix under which the crypto library keeps a device: a new one of the account has its own. */
export function storeName({ userId, deviceId }: Device): string {
  return `${userId}:${deviceId}`;
}

export function databaseName(device: Device): string {
  return storeName(device) + databaseSuffix;
}

/** Every device that has a crypto database here, of whomever. */
export async function devicesIn(indexedDB: IDBFactory): Promise<readonly Device[]> {
  const devices: Device[] = [];
  for (const { name } of await indexedDB.databases()) {
    if (name?.endsWith(databaseSuffix) !== true) continue;
    const session = name.slice(0, -databaseSuffix.length);
    // Device ids have no colon; servers may have one, before a port.
    const colon = session.lastIndexOf(':');
    devices.push({ userId: session.slice(0, colon), deviceId: session.slice(colon + 1) });
  }
  return devices;
}
