import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';

const recordKey = 'dehydration';
const record = z.object({
  deviceId: z.string(),
  /** The recovery key was entered here, and what was sent meanwhile has not all come yet. */
  toTakeIn: z.boolean(),
  /** The dehydrated device that this device has made. */
  made: z
    .object({
      deviceId: z.string(),
      /** Milliseconds since 1970. */
      at: z.number(),
      /** The public master key whose identity has signed it. */
      identity: z.string(),
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
