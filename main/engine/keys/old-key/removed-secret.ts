/**
 * What is stored for a recovery key in the wrong hands is removed from the server. Nobody but that
 * key could tell whether it is the key of the present backup or, after a change that was cut off, the
 * only one of an earlier backup. So it stays on this device, sealed as it was: should the old key turn
 * up, it is found by it (I1).
 */
import { z } from 'zod';
import type { OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { backupSecret, sealedSecret, type StorageKey } from '../secrets/secret-storage';
import { isBackupKey } from '../setup/backup-key';

const recordKey = 'keys.removedSecrets';
const record = z.object({
  userId: z.string(),
  removed: z.array(z.object({ keyId: z.string(), sealed: sealedSecret })),
});

type Removed = z.infer<typeof record>['removed'];

/** Before the backup key that is stored for that recovery key is removed. */
export async function keepRemoved(context: KeysContext, keyId: string): Promise<void> {
  const sealed = await context.secretStorage.sealed(backupSecret, keyId);
  const before = removedOf(context);
  if (sealed === null || before.some((one) => one.sealed.mac === sealed.mac)) return;
  const { store, account } = context;
  const removed = [...before, { keyId, sealed }];
  store.crypto.records.set(recordKey, { userId: account.userId, removed });
}

/** The recovery keys that something was removed of, as far as they are still described. */
export async function removedKeys(context: KeysContext): Promise<readonly StorageKey[]> {
  const ids = new Set(removedOf(context).map(({ keyId }) => keyId));
  const keys = await Promise.all([...ids].map((id) => context.secretStorage.describedKey(id)));
  return keys.filter((key) => key !== null);
}

/** Base64. */
export async function removedBackupKeys(
  context: KeysContext,
  key: OpenKey,
): Promise<readonly string[]> {
  const mine = removedOf(context).filter(({ keyId }) => keyId === key.id);
  const opened = await Promise.all(
    mine.map(({ sealed }) => context.secretStorage.unseal(sealed, backupSecret, key)),
  );
  return opened.filter((secret) => secret !== null).filter(isBackupKey);
}

function removedOf({ store, account }: KeysContext): Removed {
  const stored = record.safeParse(store.crypto.records.get(recordKey)).data;
  return stored?.userId === account.userId ? stored.removed : [];
}
