import type { KeyHealth } from '../../../main/engine/keys/health/key-health';
import type { KeysContext } from '../../../main/engine/keys/keys-context';
import { Restore } from '../../../main/engine/keys/restore/restore';
import { writeRestoreRecord } from '../../../main/engine/keys/restore/restore-record';
import { describe, expect, it } from 'vitest';
import { memoryRecords } from './memory-records';

describe('a restore whose record can’t be deleted', () => {
  it('says that it was interrupted, and can be gone on with', async () => {
    const records = memoryRecords();
    const progress = { version: '1', total: 3, imported: 1, failed: 0, rooms: [] };
    writeRestoreRecord(records, { deviceId: 'LAPTOP', ...progress });
    const told: unknown[] = [];
    const ended = Promise.withResolvers<undefined>();
    const context = {
      account: { deviceId: 'LAPTOP' },
      client: { isInitialSyncComplete: () => true, getRooms: () => [] },
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

    expect(told.at(-1)).toEqual({ step: 'interrupted', done: 1, total: 3 });
    expect(() => restore.resume()).not.toThrow();
  });
});
