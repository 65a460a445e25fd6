import type { KeyHealth } from '../../../main/engine/keys/health/key-health';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { Restore } from '../../../main/engine/keys/restore/restore';
import {
  newRestoreRecord,
  writeRestoreRecord,
} from '../../../main/engine/keys/restore/restore-record';
import { describe, expect, it } from 'vitest';
import { memoryRecords } from '../../support/memory-records';

describe('a restore whose record can’t be deleted', () => {
  it('says that it was interrupted, and can be gone on with', async () => {
    const records = memoryRecords();
    writeRestoreRecord(records, { ...newRestoreRecord('LAPTOP', '1', 1), imported: 1 });
    const told: unknown[] = [];
    const ended = Promise.withResolvers<undefined>();
    const context = {
      account: { deviceId: 'LAPTOP' },
      client: {
        isInitialSyncComplete: () => true,
        on: () => undefined,
        off: () => undefined,
        // This device has no backup's key: the restore ends at once.
        getCrypto: () => ({ olmMachine: new Proxy({}, { get: () => async () => ({}) }) }),
      },
      homeserver: { find: async () => null },
      store: {
        crypto: {
          records: {
            ...records,
            delete: () => {
              throw new Error('disk full');
            },
          },
        },
      },
      topics: { restore: { set: (state: unknown) => void told.push(state) } },
      stopped: new AbortController().signal,
    } as unknown as KeysContext;
    const health = { refresh: async () => ended.resolve(undefined) } as unknown as KeyHealth;

    const restore = new Restore(context, health);
    await ended.promise;

    expect(told.at(-1)).toEqual({ step: 'interrupted', done: 1, total: 1 });
    expect(() => restore.resume()).not.toThrow();
  });
});
