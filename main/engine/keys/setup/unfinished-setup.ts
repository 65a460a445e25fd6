import { z } from 'zod';
import type { KeysContext } from '../keys-context';

const recordKey = 'keys.unfinishedSetup';
const record = z.object({ userId: z.string(), keyId: z.string() });

/**
 * Remembers over a crash that secret storage was made here but its backup perhaps not yet. The
 * recovery key, which the person has proven to hold, then completes it.
 */
export function noteUnfinishedSetup({ store, account }: KeysContext, keyId: string): void {
  store.crypto.records.set(recordKey, { userId: account.userId, keyId });
}

export function isUnfinishedSetup({ store, account }: KeysContext, keyId: string): boolean {
  const noted = record.safeParse(store.crypto.records.get(recordKey)).data;
  return noted?.userId === account.userId && noted.keyId === keyId;
}

export function setupFinished({ store }: KeysContext): void {
  store.crypto.records.delete(recordKey);
}
