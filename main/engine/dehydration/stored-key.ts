import type { KeysContext } from '../keys/keys-context';
import { olmMachineOf } from '../keys/olm-machine';
import { dehydrationSecret } from '../keys/secrets/secret-storage';
import { readRecord, type DehydrationRecord } from './dehydration-record';

export type StoredKey = NonNullable<DehydrationRecord['key']>;

/** Whether secret storage still holds that very secret. @throws {HoldfastError} what the network says */
export async function isStillStored(
  { secretStorage }: KeysContext,
  { storageKeyId, mark }: StoredKey,
): Promise<boolean> {
  return (await secretStorage.markOf(dehydrationSecret, storageKeyId)) === mark;
}

/**
 * The key of dehydrated devices, Base64, where this device has the one that is stored for that
 * recovery key; null where it does not know what lies there.
 *
 * @throws {HoldfastError} what the network says
 */
export async function keyStoredFor(
  context: KeysContext,
  storageKeyId: string,
): Promise<{ readonly secret: string; readonly mark: string } | null> {
  const { client, store, account } = context;
  const stored = readRecord(store.crypto.records, account.deviceId)?.key ?? null;
  if (stored?.storageKeyId !== storageKeyId || !(await isStillStored(context, stored))) return null;
  const key = await olmMachineOf(client).dehydratedDevices().getDehydratedDeviceKey();
  if (key === undefined) return null;
  try {
    return { secret: key.toBase64(), mark: stored.mark };
  } finally {
    key.free();
  }
}
