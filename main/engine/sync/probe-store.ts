import type { ProfileStore } from '../../store/profile-store';

const key = 'storage-probe';
/** Characters. A disk that takes a few bytes more is not one that takes the keys of a sync. */
const size = 64 * 1024;

/**
 * Writes to both databases and takes it back.
 *
 * @throws {StoreError} while that fails
 */
export function probeStore({ crypto, cache }: ProfileStore): void {
  for (const { records } of [crypto, cache]) {
    records.set(key, '-'.repeat(size));
    records.delete(key);
  }
}
