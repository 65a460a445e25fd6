import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { findBackup } from '../server/backup-version';
import { opens, storedBackupKey, withBackupKey } from '../setup/backup-key';
import { wipeableBytes } from '../wipeable-bytes';
import { openDecryptor, type SessionDecryptor } from './decrypt-session';

/** What reading single keys of the backup takes. */
export interface ReadableBackup {
  readonly version: string;
  readonly decryptor: SessionDecryptor;
}

/**
 * Only reads, and leaves the account as it is: people need not wait for this device to be verified
 * and its uploads to begin before they see what is on their screen.
 *
 * @returns null where the backup is not this key's to open, which {@link openAccount} finds as well
 * @throws {HoldfastError} what the network says
 */
export async function openForScreen(
  context: KeysContext,
  key: OpenKey,
): Promise<ReadableBackup | null> {
  // A copy: whoever passed the key wipes it before the network has answered.
  const own: OpenKey = { ...key, bytes: Uint8Array.from(key.bytes) };
  try {
    const [backup, stored] = await Promise.all([
      findBackup(context.homeserver),
      storedBackupKey(context, own),
    ]);
    if (backup === null || stored === null) return null;
    const isItsKey = await withBackupKey(stored, (opened) =>
      Promise.resolve(opens(opened, backup)),
    );
    return isItsKey ? { version: backup.version, decryptor: await decryptorOf(stored) } : null;
  } finally {
    own.bytes.fill(0);
  }
}

/** @param base64 a backup's private key */
async function decryptorOf(base64: string): Promise<SessionDecryptor> {
  const bytes = wipeableBytes(base64);
  try {
    return await openDecryptor(bytes);
  } finally {
    bytes.fill(0);
  }
}
