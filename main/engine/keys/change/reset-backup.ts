/**
 * A new backup, with a key of its own, in the place of the present one. What the old one holds comes
 * to this device first; the new one is made beside it and filled; the recovery key opens the old one
 * until then. Only a backup that was read to the last key is deleted.
 */
import { HoldfastError } from '../../../holdfast-error';
import { unlock } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { newBackupKey, opens, withBackupKey } from '../setup/backup-key';
import { backupSecret } from '../secrets/secret-storage';
import {
  createNew,
  deleteOld,
  fillNew,
  newVersionOf,
  readOld,
  replaced,
  requireCurrent,
} from './backup-steps';
import type { Operation, OperationStep, StepParts } from './operation';
import { isDone, storageKeyOf, withStorageKey, type ResetBackupPlan } from './plan';
import { backupKeyOrNull } from './secrets-here';
import { takeSnapshot } from './snapshot-step';
import { storeSecrets } from './store-secrets';

/**
 * @param secret the recovery key, a text that holds it, or the security phrase
 * @throws {HoldfastError} what {@link unlock} says, `secrets_not_here` where this device is not
 *   verified or there is no secret storage, or what the network says
 */
export async function planBackupReset(
  context: KeysContext,
  secret: string,
): Promise<ResetBackupPlan> {
  const { secretStorage, identity, account } = context;
  const storageKey = await secretStorage.defaultKey();
  if (storageKey === null || !(await identity.published()).verifiesThisDevice) {
    throw new HoldfastError('secrets_not_here', 'No secret storage, or not a verified device');
  }
  const old = await findBackup(context.homeserver);
  const key = await unlock(secret, storageKey, (bytes) => secretStorage.judge(storageKey, bytes));
  try {
    const stored = await secretStorage.read(backupSecret, key).catch((error: unknown) => {
      if (error instanceof HoldfastError) throw error;
      return null;
    });
    return {
      operation: 'reset_backup',
      userId: account.userId,
      deviceId: account.deviceId,
      done: [],
      cancelled: false,
      superseded: false,
      key: storageKeyOf(key, storageKey.phrase),
      oldVersion: old?.version ?? null,
      oldKey: old === null ? null : await keyOf(context, old, stored),
      read: null,
      newKey: newBackupKey(),
      newVersion: null,
    };
  } finally {
    key.bytes.fill(0);
  }
}

const store: OperationStep<ResetBackupPlan> = {
  name: 'store_secrets',
  async run(plan, { context, progress }) {
    const { secretStorage } = context;
    await requireCurrent(context, newVersionOf(plan));
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) throw replaced();
    const secrets = [[backupSecret, plan.newKey]] as const;
    await withStorageKey(plan, (key) => storeSecrets(secretStorage, key, secrets, progress));
    return plan;
  },
};

export const resetBackup: Operation<ResetBackupPlan> = {
  steps: ({ oldKey, oldVersion }) => [
    ...(oldVersion !== null && oldKey !== null ? [readOld<ResetBackupPlan>()] : []),
    takeSnapshot(),
    createNew(),
    fillNew(),
    store,
    ...(oldVersion !== null && oldKey !== null ? [deleteOld<ResetBackupPlan>()] : []),
  ],

  isCancellable: (plan) => !isDone(plan, 'create_backup'),

  async undo({ newKey }, { context }: StepParts) {
    const current = await findBackup(context.homeserver);
    return withBackupKey(newKey, async (key) => current === null || !opens(key, current));
  },

  finish: () => undefined,
};

/** The private key of that backup, from here or from storage; null where neither fits. */
async function keyOf(
  context: KeysContext,
  backup: BackupVersion,
  stored: string | null,
): Promise<string | null> {
  const here = await backupKeyOrNull(context, backup);
  if (here !== null || stored === null) return here;
  try {
    return await withBackupKey(stored, async (key) => (opens(key, backup) ? stored : null));
  } catch {
    // What lies there is no key at all.
    return null;
  }
}
