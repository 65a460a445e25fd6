import type { SignOutRisk, UnfinishedKeyWork } from '../../../preload/model/keys';
import type { KeyHealth } from './health/key-health';

interface Asked {
  /** The server and the store were asked, and answered in time. */
  readonly answered: boolean;
  readonly unfinished: UnfinishedKeyWork | undefined;
}

type Known = Pick<KeyHealth, 'state' | 'survey' | 'encryptedRooms' | 'lastKnown'>;

/** What signing out now would lose (I3). What is not known is not safe. */
export function signOutRisk(
  { state, survey, encryptedRooms, lastKnown }: Known,
  { answered, unfinished }: Asked,
): SignOutRisk {
  const pendingKeys = survey?.facts.pendingKeys ?? lastKnown?.pendingKeys ?? null;
  const isStale = !answered || state === 'unknown';
  // A device without a key has none to lose: what lies in the backup stays there.
  const nothingHere = answered && survey?.counts?.total === 0;
  // So does what a restore has not fetched yet.
  const cutsNothingOff = unfinished === undefined || unfinished === 'restore';
  return {
    state: answered ? state : 'unknown',
    pendingKeys,
    encryptedRooms,
    safe: cutsNothingOff && ((answered && state === 'ready' && pendingKeys === 0) || nothingHere),
    ...(isStale && lastKnown !== null && { knownAt: lastKnown.at }),
    ...(unfinished !== undefined && { unfinished }),
  };
}
