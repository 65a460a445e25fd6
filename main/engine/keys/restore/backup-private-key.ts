import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { olmMachineOf } from '../olm-machine';
import { wipeableBytes } from '../wipeable-bytes';

/**
 * The private key of that backup from this device's store. Whoever gets it wipes it.
 *
 * @throws {HoldfastError} `backup_missing` where this device has another backup's key, or none
 */
export async function backupPrivateKey(
  { client }: KeysContext,
  version: string,
): Promise<Uint8Array> {
  const { decryptionKey, backupVersion } = await olmMachineOf(client).getBackupKeys();
  try {
    if (decryptionKey === undefined || backupVersion !== version) {
      throw new HoldfastError('backup_missing', 'This device uses another backup now');
    }
    return wipeableBytes(decryptionKey.toBase64());
  } finally {
    decryptionKey?.free();
  }
}
