import type { SignOutRisk } from '../../../preload/model/keys';
import type { KeyHealth } from './health/key-health';

/** What signing out now would lose (I3). What is not known is not safe. */
export function signOutRisk({ state, survey, encryptedRooms }: KeyHealth): SignOutRisk {
  const pendingKeys = survey?.facts.pendingKeys ?? null;
  const nothingAtStake = survey?.keysHere === 0 && encryptedRooms === 0;
  return {
    state,
    pendingKeys,
    encryptedRooms,
    safe: (state === 'ready' && pendingKeys === 0) || nothingAtStake,
  };
}
