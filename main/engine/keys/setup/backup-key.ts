/** The key of the backup itself: made here, kept in secret storage and in this device's store. */
import { BackupDecryptionKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { HoldfastError } from '../../../holdfast-error';
import type { OpenKey } from '../../../recovery-key/unlock';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { KeysContext } from '../keys-context';
import { countUploadsTo } from '../repair/count-uploads';
import { backupSecret } from '../secrets/secret-storage';
import {
  backupAlgorithm,
  createBackup,
  findBackup,
  type BackupVersion,
} from '../server/backup-version';
import { noteSwitchedOff } from '../switch/switched-off';
import { wipeableBytes } from '../wipeable-bytes';

/** Uses a backup key and frees it afterwards, which wipes it. */
export async function withBackupKey<Result>(
  base64: string,
  use: (key: BackupDecryptionKey) => Promise<Result>,
): Promise<Result> {
  const key = BackupDecryptionKey.fromBase64(base64);
  try {
    return await use(key);
  } finally {
    key.free();
  }
}

/** Unpadded Base64, as it lies in secret storage. */
export function newBackupKey(): string {
  const key = BackupDecryptionKey.createRandomKey();
  try {
    return key.toBase64();
  } finally {
    key.free();
  }
}

export function opens(key: BackupDecryptionKey, backup: BackupVersion): boolean {
  const publicKey = key.megolmV1PublicKey;
  try {
    const isUnderstood = backup.algorithm === backupAlgorithm;
    return isUnderstood && backup.auth_data.public_key === publicKey.publicKeyBase64;
  } finally {
    publicKey.free();
  }
}

/**
 * The backup key that is stored for that recovery key; null where there is none, where it can't be
 * decrypted, and where what comes out is no such key.
 *
 * @throws {HoldfastError} what the network says
 */
export async function storedBackupKey(
  { secretStorage }: KeysContext,
  key: OpenKey,
): Promise<string | null> {
  const stored = await secretStorage.readable(backupSecret, key);
  return stored !== null && isBackupKey(stored) ? stored : null;
}

/** Whether that text is a backup key at all. */
export function isBackupKey(base64: string): boolean {
  try {
    BackupDecryptionKey.fromBase64(base64).free();
    return true;
  } catch {
    return false;
  }
}

/** Creates a backup for this key on the server, signed by this device and its identity. */
export async function createBackupFor(
  { client, homeserver }: KeysContext,
  key: BackupDecryptionKey,
): Promise<string> {
  const publicKey = key.megolmV1PublicKey;
  const authData = { public_key: publicKey.publicKeyBase64 };
  publicKey.free();
  // One member, so that this is the canonical JSON that signing asks for.
  const signatures = await olmMachineOf(client).sign(JSON.stringify(authData));
  const signed = { ...authData, signatures: JSON.parse(signatures.asJSON()) as unknown };
  return createBackup(homeserver, signed);
}

/**
 * Gives this device the key and lets it upload to that version from now on.
 *
 * @throws {HoldfastError} `backup_missing` where the server has another backup by now, or what the
 *   network says; uploading is on only where this resolves
 */
export async function useBackup(
  context: KeysContext,
  key: BackupDecryptionKey,
  version: string,
): Promise<void> {
  const bytes = wipeableBytes(key.toBase64());
  try {
    await cryptoOf(context.client).storeSessionBackupPrivateKey(bytes, version);
  } finally {
    bytes.fill(0);
  }
  await countUploadsTo(context, version);
  // Else what was switched off before would end these uploads as soon as they begin.
  noteSwitchedOff(context, false);
  await uploadTo(context, version);
  context.knownBackup.remember(version);
}

async function uploadTo({ client, homeserver }: KeysContext, version: string): Promise<void> {
  const crypto = cryptoOf(client);
  // The SDK keeps failures to itself, and may answer with a check begun before the backup existed.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    await crypto.checkKeyBackupAndEnable();
    if ((await crypto.getActiveSessionBackupVersion()) === version) return;
  }
  const backup = await findBackup(homeserver);
  throw backup?.version === version
    ? new HoldfastError('server_error', 'The backup could not be put to use')
    : new HoldfastError('backup_missing', 'The server has another backup');
}
