/** What stands between a person and signing out or quitting. */
import type { KeyHealth, SignOutRisk, UnfinishedKeyWork } from '../../../preload/model/keys';

export type Obstacle =
  /** Every key is in the backup. */
  | { readonly kind: 'none' }
  /** There is nothing to lose: this device holds no key. */
  | { readonly kind: 'no_keys' }
  /** Waiting is enough: keys are on their way into the backup. */
  | { readonly kind: 'pending'; readonly count: number }
  | { readonly kind: 'no_backup' }
  /** There is a backup, but this device takes no part in it yet: key or phrase let it. */
  | { readonly kind: 'locked' }
  /** Something is to be mended before any key gets into a backup. */
  | { readonly kind: 'stuck' }
  /** Something is under way that signing out would cut off. */
  | { readonly kind: 'unfinished'; readonly what: CutOff }
  | { readonly kind: 'unknown' };

/** Of the work with keys, what would not come to its end after signing out. */
type CutOff = Exclude<UnfinishedKeyWork, 'restore'>;

/** The obstacle to signing out, by what was asked last, with the count as it is now. */
export function obstacleOf(risk: SignOutRisk, live: KeyHealth | undefined): Obstacle {
  const { safe, unfinished } = risk;
  if (!safe && unfinished !== undefined && unfinished !== 'restore') {
    return { kind: 'unfinished', what: unfinished };
  }
  return obstacleToQuitting(risk, live);
}

/** The same for quitting, after which everything that is under way goes on at the next start. */
export function obstacleToQuitting(
  risk: SignOutRisk,
  live: KeyHealth | undefined,
): Exclude<Obstacle, { kind: 'unfinished' }> {
  if (risk.safe) return { kind: risk.state === 'ready' ? 'none' : 'no_keys' };
  switch (risk.state) {
    case 'needs_setup':
    case 'disabled_by_user':
      return { kind: 'no_backup' };
    case 'ready':
    case 'uploading': {
      const count = live?.pendingKeys ?? risk.pendingKeys;
      // Asked when nothing was left to upload, and still not called safe: no reason to call it so.
      const unexplained = risk.pendingKeys === 0 && count === 0;
      return count === null || unexplained ? { kind: 'unknown' } : { kind: 'pending', count };
    }
    case 'unknown':
      return { kind: 'unknown' };
    case 'needs_restore':
    case 'needs_verification':
    case 'backup_changed':
    case 'backup_untrusted':
    case 'secrets_incomplete':
    case 'reset_required':
      return { kind: isOpenedByKey(live) ? 'locked' : 'stuck' };
  }
}

/**
 * Only the account's identity is at stake: it may be nowhere else, while no message needs this device,
 * because it has no room key or the recovery key opens a backup of all of them.
 */
export function isIdentityAlone(risk: SignOutRisk, live: KeyHealth | undefined): boolean {
  if (risk.identityOnlyHere !== true || !canBeMended(obstacleOf(risk, live))) return false;
  if ((live?.pendingKeys ?? risk.pendingKeys) !== 0) return false;
  const findings = live?.findings ?? null;
  if (findings === null) return false;
  const { keysHere, storage, backup } = findings;
  return keysHere === 0 || (storage?.holdsBackupKey === true && backup?.trust === 'readable');
}

function canBeMended({ kind }: Obstacle): boolean {
  return kind === 'no_backup' || kind === 'locked' || kind === 'stuck';
}

function isOpenedByKey(live: KeyHealth | undefined): boolean {
  return live?.repair === 'restore' || live?.repair === 'complete';
}
