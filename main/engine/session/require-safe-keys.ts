/** Nobody signs out at the price of keys without having been told (I3). */
import { HoldfastError } from '../../holdfast-error';
import type { AccountSession } from './account-session';

/**
 * Counts once to refuse early, and again when no key can arrive any more; then all stays held.
 *
 * @throws {HoldfastError} `keys_pending` with the number of keys, where it is known
 */
export async function requireSafeKeys(session: AccountSession): Promise<void> {
  await requireNoRisk(session);
  try {
    if (!(await session.holdArrivals())) {
      throw new HoldfastError('keys_pending', 'Keys are still arriving');
    }
    await requireNoRisk(session);
  } catch (error) {
    session.resumeArrivals();
    throw error;
  }
}

async function requireNoRisk(session: AccountSession): Promise<void> {
  const { safe, pendingKeys } = await session.keys.signOutRisk();
  if (safe) return;
  const data = pendingKeys === null || pendingKeys === 0 ? {} : { count: pendingKeys };
  throw new HoldfastError('keys_pending', 'Keys could be lost', data);
}
