import type { KeyValueTable } from '../../main/store/profile-store';

/** A records table in memory, for what only stores and reads. */
export function memoryRecords(): KeyValueTable {
  const records = new Map<string, unknown>();
  return {
    get: (key: string) => structuredClone(records.get(key)),
    set: (key: string, value: unknown) => void records.set(key, structuredClone(value)),
    delete: (key: string) => void records.delete(key),
  };
}
