import { z } from 'zod';
import type { KeyValueTable } from '../../store/profile-store';

const recordKey = 'devices.known';
/** Milliseconds since 1970, by device. */
const times = z.record(z.string(), z.number());
const deviceRecord = z.object({
  userId: z.string(),
  /** Of the device that looks: another one of the account starts anew. */
  seenFrom: z.string(),
  /** When each device was first seen; 0 for those that were there at the first look. */
  noticedAt: times,
  snoozedUntil: times,
});

/** What is remembered of the account's devices: which are new, and which were put off. */
export type DeviceRecord = z.infer<typeof deviceRecord>;

type Owner = Pick<DeviceRecord, 'userId' | 'seenFrom'>;

export function readDeviceRecord(records: KeyValueTable, owner: Owner): DeviceRecord | null {
  const record = deviceRecord.safeParse(records.get(recordKey)).data;
  const isOwn = record?.userId === owner.userId && record.seenFrom === owner.seenFrom;
  return isOwn ? record : null;
}

export function writeDeviceRecord(records: KeyValueTable, record: DeviceRecord): void {
  records.set(recordKey, record);
}

/** The record after a look at the account's devices; those that are gone are forgotten. */
export function afterLook(
  before: DeviceRecord | null,
  owner: Owner,
  deviceIds: readonly string[],
  now: number,
): DeviceRecord {
  const noticed = (id: string): number => before?.noticedAt[id] ?? (before === null ? 0 : now);
  const snoozed = before?.snoozedUntil ?? {};
  return {
    ...owner,
    noticedAt: Object.fromEntries(deviceIds.map((id) => [id, noticed(id)])),
    snoozedUntil: Object.fromEntries(
      deviceIds.flatMap((id) => (snoozed[id] === undefined ? [] : [[id, snoozed[id]]])),
    ),
  };
}

/** Milliseconds. */
const snoozeMs = 86_400_000;

export function snoozed(
  record: DeviceRecord,
  deviceIds: readonly string[],
  now: number,
): DeviceRecord {
  const until = Object.fromEntries(deviceIds.map((id) => [id, now + snoozeMs]));
  return { ...record, snoozedUntil: { ...record.snoozedUntil, ...until } };
}

/**
 * Until when the question about a device rests, in milliseconds since 1970. A clock that was set
 * back does not keep it away for longer.
 */
export function restsUntil(record: DeviceRecord, deviceId: string, now: number): number {
  const until = record.snoozedUntil[deviceId] ?? 0;
  return until <= now + snoozeMs ? until : 0;
}
