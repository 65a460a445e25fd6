/** The key of the backup itself: made here, kept in secret storage and in this device's store. */
import { BackupDecryptionKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { cryptoOf, olmMachineOf } from '../olm-machine';
import type { KeysContext } from '../keys-context';
import { createBackup, type BackupVersion } from '../server/backup-version';

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
    return backup.auth_data.public_key === publicKey.publicKeyBase64;
  } finally {
    publicKey.free();
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

/** Gives this device the key and lets it upload to that version from now on. */
export async function useBackup(
  { client, knownBackup }: KeysContext,
  key: BackupDecryptionKey,
  version: string,
): Promise<void> {
  const crypto = cryptoOf(client);
  const bytes = Buffer.from(key.toBase64(), 'base64');
  try {
    await crypto.storeSessionBackupPrivateKey(new Uint8Array(bytes), version);
  } finally {
    bytes.fill(0);
  }
  await crypto.checkKeyBackupAndEnable();
  knownBackup.remember(version);
}
