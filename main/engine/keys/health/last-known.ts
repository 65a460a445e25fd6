import type { KeyHealth } from '../../../../preload/model/keys';

/** A count of the keys that wait for backup, and when it was right, in milliseconds since 1970. */
export interface LastKnown {
  readonly pendingKeys: number;
  readonly at: number;
}

/** As it was told by the session before, which may have had to be given up; null where it told nothing. */
export function lastKnownOf({ state, pendingKeys, findings }: KeyHealth): LastKnown | null {
  if (state === 'unknown' || pendingKeys === null || findings === null) return null;
  return { pendingKeys, at: findings.checkedAt };
}
