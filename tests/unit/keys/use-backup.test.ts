import { BackupDecryptionKey, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { opens, useBackup } from '../../../main/engine/keys/setup/backup-key';
import { memoryRecords } from '../../support/memory-records';

describe('the key of the backup', () => {
  beforeAll(() => initAsync());

  it('is wiped from the array it was handed over in', async () => {
    const handed: { array: Uint8Array; then: string }[] = [];
    const crypto = {
      storeSessionBackupPrivateKey: async (array: Uint8Array) =>
        void handed.push({ array, then: Buffer.from(array).toString('base64') }),
      checkKeyBackupAndEnable: async () => null,
      getActiveSessionBackupVersion: async () => '7',
    };
    const context = {
      client: { getCrypto: () => crypto },
      account: { userId: '@ada:example.org' },
      store: { crypto: { records: memoryRecords() } },
      knownBackup: { version: null, remember: () => undefined },
      uploadedTo: { version: null, remember: () => undefined },
    } as unknown as KeysContext;
    const key = BackupDecryptionKey.createRandomKey();

    await useBackup(context, key, '7');

    const [first] = handed;
    expect(first!.then.replace(/=+$/, '')).toBe(key.toBase64());
    expect(first!.array).toEqual(new Uint8Array(32));
    // Nothing else lay in the memory that the array is a part of.
    expect(first!.array.buffer.byteLength).toBe(32);
  });

  it('opens the backup of its public key, where that is of the algorithm it is made for', () => {
    const key = BackupDecryptionKey.createRandomKey();
    const backup = {
      version: '1',
      algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2',
      auth_data: { public_key: key.megolmV1PublicKey.publicKeyBase64 },
      count: 0,
      etag: '0',
    };
    const other = BackupDecryptionKey.createRandomKey();
    expect(opens(key, backup)).toBe(true);
    expect(opens(other, backup)).toBe(false);
    for (const algorithm of ['org.matrix.msc3270.v1.aes-hmac-sha2', '', 'm.megolm_backup.v2']) {
      expect(opens(key, { ...backup, algorithm }), algorithm).toBe(false);
    }
  });
});
