import type { ErrorCode } from '../preload/errors';
import type { StoreProblem, StoreWayOut } from '../preload/model/app';

/** The recovery key replaces what the keychain should have given; it mends no file. */
const keyIsLacking: readonly ErrorCode[] = [
  'keychain_unavailable',
  'keychain_locked',
  'store_key_missing',
  'store_key_wrong',
];

/** Waiting mends none of these. The store goes aside on the person's word only. */
const mayBeginAnew: readonly ErrorCode[] = [
  'store_damaged',
  'store_key_missing',
  'store_key_wrong',
];

/**
 * @param recovery what the recovery key can do for this store; null where it can't open it, or where
 *   the right key is here already
 */
export function storeProblem(
  code: ErrorCode,
  recovery: { readonly phraseKnown: boolean } | null,
): StoreProblem {
  const ways: StoreWayOut[] = ['retry'];
  if (recovery !== null && keyIsLacking.includes(code)) ways.push('recovery_key');
  if (mayBeginAnew.includes(code)) ways.push('keep_aside');
  return { code, ways, phraseKnown: recovery?.phraseKnown ?? false };
}
