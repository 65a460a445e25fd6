import type {
  KeyHealth as ToldHealth,
  SignOutRisk,
  UnfinishedKeyWork,
} from '../../../preload/model/keys';
import type { KeySurvey } from './health/gather-key-facts';
import { holdsIdentity, type KeyFacts } from './health/key-facts';
import type { KeyHealth } from './health/key-health';
import { lastKnownOf } from './health/last-known';

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
  const nothingHere = answered && survey !== null && holdsNothing(survey);
  // What a restore has not fetched yet stays in the backup.
  const cutsNothingOff = unfinished === undefined || unfinished === 'restore';
  return {
    state: answered ? state : 'unknown',
    pendingKeys,
    encryptedRooms,
    safe: cutsNothingOff && ((answered && state === 'ready' && pendingKeys === 0) || nothingHere),
    ...(isStale && lastKnown !== null && { knownAt: lastKnown.at }),
    ...(unfinished !== undefined && { unfinished }),
    ...(survey !== null && mayHoldIdentityAlone(survey.facts) && { identityOnlyHere: true }),
  };
}

/** What was last told of it, where nobody can be asked; nothing is safe then. */
export function riskAsTold(told: ToldHealth): SignOutRisk {
  const { pendingKeys, encryptedRooms } = told;
  const lastKnown = lastKnownOf(told);
  return {
    state: 'unknown',
    pendingKeys,
    encryptedRooms,
    safe: false,
    ...(lastKnown !== null && { knownAt: lastKnown.at }),
  };
}

/** A device without a key has none to lose: what lies in the backup stays there. */
function holdsNothing({ counts, facts }: KeySurvey): boolean {
  return counts?.total === 0 && !mayHoldIdentityAlone(facts);
}

/** A setup that was cut off has published the identity, and nothing is known to hold its keys but here. */
function mayHoldIdentityAlone(facts: KeyFacts): boolean {
  return facts.identityKeysHere && facts.identity !== 'absent' && !holdsIdentity(facts);
}
