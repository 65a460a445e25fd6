import { z } from 'zod';
import type { KeysContext } from '../keys-context';

const recordKey = 'keys.backupOff';
const record = z.object({ userId: z.string(), off: z.boolean() });

/**
 * Whether the backup was switched off when this device last knew. The SDK begins to upload before the
 * server could be asked again.
 */
export function isSwitchedOff({ store, account }: KeysContext): boolean {
  const noted = record.safeParse(store.crypto.records.get(recordKey)).data;
  return noted?.userId === account.userId && noted.off;
}

export function noteSwitchedOff(context: KeysContext, off: boolean): void {
  if (isSwitchedOff(context) === off) return;
  const { store, account } = context;
  store.crypto.records.set(recordKey, { userId: account.userId, off });
}
