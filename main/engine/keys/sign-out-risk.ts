import type { SignOutRisk } from '../../../preload/model/keys';
import type { KeyHealth } from './health/key-health';

/** What signing out now would lose (I3). What is not known is not safe. */
export function signOutRisk({ state, survey, encryptedRooms }: KeyHealth): SignOutRisk {
  const pendingKeys = survey?.facts.pendingKeys ?? null;
  // A device without a key has none to lose: what lies in the backup stays there.
  const nothingHere = survey?.counts?.total === 0;
  return {
    state,
    pendingKeys,
    encryptedRooms,
    safe: (state === 'ready' && pendingKeys === 0) || nothingHere,
  };
}
