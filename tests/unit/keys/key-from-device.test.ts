import { EventEmitter } from 'node:events';
import { BackupDecryptionKey, initAsync } from '@matrix-org/matrix-sdk-crypto-wasm';
import { CryptoEvent } from 'matrix-js-sdk/lib/crypto-api/CryptoEvent.js';
import { beforeAll, describe, expect, it } from 'vitest';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { KeyFromDevice } from '../../../main/engine/keys/restore/key-from-device';
import {
  newRestoreRecord,
  writeRestoreRecord,
} from '../../../main/engine/keys/restore/restore-record';
import { ValueSource } from '../../../main/topics/value-source';
import type { RestoreState } from '../../../preload/model/keys';
import { memoryRecords } from '../../support/memory-records';

const backup = { version: '2', algorithm: 'a', count: 3, etag: '1', auth_data: {} };
const restoring: RestoreState = { step: 'restoring', done: 0, total: 3, timeLeftMs: null };

/** An account whose backup has the version 2, on a device that gets the key when `arrive` is called. */
function device(records = memoryRecords()) {
  let key: string | null = null;
  const getBackupKeys = async (): Promise<object> => ({
    decryptionKey: key === null ? undefined : BackupDecryptionKey.fromBase64(key),
    backupVersion: '2',
  });
  // Nothing else of it is asked, only whether it is there.
  const olmMachine = new Proxy(
    {},
    { get: (_, name) => (name === 'getBackupKeys' ? getBackupKeys : () => undefined) },
  );
  const client = Object.assign(new EventEmitter(), {
    getCrypto: () => ({ olmMachine }),
  });
  const restore = new ValueSource<RestoreState>({ step: 'idle' });
  const context = {
    client,
    account: { deviceId: 'A' },
    store: { crypto: { records } },
    topics: { restore },
    homeserver: { find: async () => backup },
    stopped: new AbortController().signal,
  } as unknown as KeysContext;
  return {
    context,
    records,
    restore,
    arrive: () => {
      key = BackupDecryptionKey.createRandomKey().toBase64();
      client.emit(CryptoEvent.KeyBackupDecryptionKeyCached, '2');
    },
  };
}

describe('the backup’s key from another device', () => {
  beforeAll(() => initAsync());

  it('is awaited until a restore has begun with it, also after one that was under way', async () => {
    const { context, records, restore, arrive } = device();
    const begun: string[] = [];
    const awaited = new KeyFromDevice(context, ({ version }) => {
      begun.push(version);
      // As a restore does: none begins beside another one.
      if (restore.value.step === 'restoring') return;
      writeRestoreRecord(records, newRestoreRecord('A', version, 3));
    });
    awaited.await();
    restore.set(restoring);
    arrive();
    await expect.poll(() => begun).toEqual(['2']);

    restore.set({ step: 'done', imported: 3, total: 3, failed: 0, failedRooms: [] });
    await expect.poll(() => begun).toEqual(['2', '2']);
    restore.set({ step: 'idle' });
    arrive();
    await new Promise(setImmediate);
    expect(begun).toHaveLength(2);
  });

  it('is still awaited after a restart', async () => {
    const before = device();
    new KeyFromDevice(before.context, () => undefined).await();
    const after = device(before.records);
    const begun: string[] = [];
    new KeyFromDevice(after.context, ({ version }) => void begun.push(version));
    after.arrive();
    await expect.poll(() => begun).toEqual(['2']);
  });
});
