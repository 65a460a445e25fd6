import { z } from 'zod';
import { phraseParameters } from '../../../recovery-key/phrase-key';
import type { KeyValueTable } from '../../../store/profile-store';
import type { StorageKey } from '../secrets/secret-storage';

const recordKey = 'keys.drill';
const drillRecord = z.object({
  userId: z.string(),
  /** The description of the key, as the server last gave it: it can be checked against offline. */
  key: z.object({
    id: z.string(),
    phrase: phraseParameters.nullable(),
    check: z.object({ iv: z.string(), mac: z.string() }).nullable(),
  }),
  /** When the key was first seen here, in milliseconds since 1970. */
  since: z.number(),
  checkedAt: z.number().nullable(),
  passed: z.number().int().min(0),
  snoozedUntil: z.number(),
});

/** What is remembered of the checks of one recovery key. */
export type DrillRecord = z.infer<typeof drillRecord>;

export function newDrillRecord(userId: string, key: StorageKey, now: number): DrillRecord {
  return { userId, key, since: now, checkedAt: null, passed: 0, snoozedUntil: 0 };
}

export function readDrillRecord(records: KeyValueTable, userId: string): DrillRecord | null {
  const record = drillRecord.safeParse(records.get(recordKey)).data;
  return record?.userId === userId ? record : null;
}

export function writeDrillRecord(records: KeyValueTable, record: DrillRecord): void {
  records.set(recordKey, record);
}
