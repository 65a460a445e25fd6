import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';

const recordKey = 'dehydration';
const record = z.object({
  deviceId: z.string(),
  /** The recovery key was entered here, and what was sent meanwhile has not all come yet. */
  toTakeIn: z.boolean(),
  /** The stored secret that the key here comes from; null once storage is known to hold another. */
  key: z.object({ storageKeyId: z.string(), mark: z.string() }).nullable().default(null),
  /** The dehydrated device that was there last. */
  made: z
    .object({
      deviceId: z.string(),
      /** Milliseconds since 1970. */
      at: z.number(),
      /** The public master key of the account then; of an own one, it has signed it. */
      identity: z.string(),
      /** This device has made it. Only then it is replaced by age. */
      isOwn: z.boolean().default(false),
    })
    .nullable(),
});

export type DehydrationRecord = z.infer<typeof record>;

/** Null where this device has not had to do with one. */
export function readRecord(records: KeyValueTable, deviceId: string): DehydrationRecord | null {
  const stored = record.safeParse(records.get(recordKey)).data;
  return stored?.deviceId === deviceId ? stored : null;
}

export function writeRecord(records: KeyValueTable, changed: DehydrationRecord): void {
  records.set(recordKey, changed);
}
