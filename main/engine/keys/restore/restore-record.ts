import { z } from 'zod';
import type { KeyValueTable } from '../../../store/profile-store';

const recordKey = 'keys.restore';

const restoreRecord = z.object({
  deviceId: z.string(),
  version: z.string(),
  /** Keys in the backup when the restore began. */
  total: z.number(),
  imported: z.number(),
  failed: z.number(),
  /** Rooms whose keys are all here. */
  rooms: z.array(z.string()),
});

/** How far a restore has come: written after each room, so that nothing is fetched twice. */
export type RestoreRecord = z.infer<typeof restoreRecord>;

export function readRestoreRecord(records: KeyValueTable, deviceId: string): RestoreRecord | null {
  const record = restoreRecord.safeParse(records.get(recordKey)).data;
  return record?.deviceId === deviceId ? record : null;
}

export function writeRestoreRecord(records: KeyValueTable, record: RestoreRecord): void {
  records.set(recordKey, record);
}

export function forgetRestoreRecord(records: KeyValueTable): void {
  records.delete(recordKey);
}
