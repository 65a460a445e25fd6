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
  /** Of these, the ones with keys that can't be read, and how many. */
  failedRooms: z.array(z.object({ roomId: z.string(), keys: z.number() })).default([]),
  /** The person paused it: it waits for them, over restarts. */
  paused: z.boolean().default(false),
  /** All that could be had is here; kept where some could not, until the person has seen it. */
  over: z.boolean().default(false),
});

/** How far a restore has come: written as rooms are done, so that nothing is fetched twice. */
export type RestoreRecord = z.infer<typeof restoreRecord>;

export function newRestoreRecord(deviceId: string, version: string, total: number): RestoreRecord {
  const nothing = { imported: 0, failed: 0, rooms: [], failedRooms: [] };
  return { deviceId, version, total, ...nothing, paused: false, over: false };
}

/** What a room brought. */
export interface RoomOutcome {
  readonly roomId: string;
  readonly imported: number;
  readonly failed: number;
}

/** The record with these rooms done as well. */
export function withRooms(record: RestoreRecord, rooms: readonly RoomOutcome[]): RestoreRecord {
  const failedRooms = rooms
    .filter(({ failed }) => failed > 0)
    .map(({ roomId, failed }) => ({ roomId, keys: failed }));
  return {
    ...record,
    imported: record.imported + sum(rooms.map(({ imported }) => imported)),
    failed: record.failed + sum(rooms.map(({ failed }) => failed)),
    rooms: [...record.rooms, ...rooms.map(({ roomId }) => roomId)],
    failedRooms: [...record.failedRooms, ...failedRooms],
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

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
