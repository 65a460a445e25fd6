import { z } from 'zod';
import type { KeyValueTable } from '../../../store/profile-store';

const carryOverRecord = z.object({
  /** Where to go on; null: at the first key. */
  after: z.string().nullable(),
  /** Keys the old device has; counted when the carrying-over began. */
  total: z.number(),
  /** Keys read so far; of these, how many could not be taken over. */
  read: z.number(),
  failed: z.number(),
  /** All of them were read, and counted. */
  done: z.boolean(),
});

/** How far the keys of one old device have come over to one new device. */
export type CarryOverRecord = z.infer<typeof carryOverRecord>;

export function readCarryOver(
  records: KeyValueTable,
  to: string,
  from: string,
): CarryOverRecord | null {
  return carryOverRecord.safeParse(records.get(keyOf(to, from))).data ?? null;
}

export function writeCarryOver(
  records: KeyValueTable,
  to: string,
  from: string,
  record: CarryOverRecord,
): void {
  records.set(keyOf(to, from), record);
}

function keyOf(to: string, from: string): string {
  return `keys.carryOver/${to}/${from}`;
}
