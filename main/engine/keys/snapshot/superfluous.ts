import { createHmac } from 'node:crypto';

/** What says which snapshots may go. */
export interface SnapshotFacts {
  readonly id: string;
  readonly keys: number;
  /** Null: of a version that did not note it. */
  readonly series: string | null;
}

const newest = 5;

/** What one device's snapshots have in common, told to nobody else. @param storeKey of this profile */
export function seriesOf(deviceId: string, storeKey: Uint8Array): string {
  return createHmac('sha256', storeKey).update(deviceId).digest('base64').slice(0, 16);
}

/**
 * Those that may be removed: neither among the last five, nor the fullest of its device. An earlier
 * device's keys are not in the snapshots of the next one, however many there are of these (I1).
 *
 * @param snapshots the newest first
 */
export function superfluous(snapshots: readonly SnapshotFacts[]): readonly string[] {
  const fullest = new Map<string | null, SnapshotFacts>();
  for (const each of snapshots) {
    if (each.keys > (fullest.get(each.series)?.keys ?? -1)) fullest.set(each.series, each);
  }
  const old = snapshots.slice(newest);
  return old.filter((each) => fullest.get(each.series) !== each).map(({ id }) => id);
}
