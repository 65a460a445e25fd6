/**
 * A new backup, with a key of its own, in the place of the present one. What the old one holds comes
 * to this device first; the new one is made beside it and filled; the recovery key opens the old one
 * until then. Only a backup that was read to the last key is deleted.
 */
import { HoldfastError } from '../../../holdfast-error';
import { unlock, type OpenKey } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import { keepWhatGivesWay } from '../old-key/earlier-backups';
import type { OldBackups } from '../repair/old-backups';
import { noteMisfit } from '../repair/stored-key-misfit';
import { findBackup, type BackupVersion } from '../server/backup-version';
import { newBackupKey, opens, storedBackupKey, withBackupKey } from '../setup/backup-key';
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
import { isDone, storageKeyOf, untouched, withStorageKey, type ResetBackupPlan } from './plan';
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
  oldBackups: OldBackups,
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
    const oldKey = old === null ? null : await keyOf(context, key, old);
    const earlier = await keepWhatGivesWay(context, oldBackups, key, [oldKey]);
    return {
      operation: 'reset_backup',
      userId: account.userId,
      deviceId: account.deviceId,
      ...untouched,
      key: storageKeyOf(key, storageKey.phrase),
      oldVersion: old?.version ?? null,
      oldKey,
      read: null,
      newKey: newBackupKey(),
      newVersion: null,
      earlier: earlier.map(({ version }) => version),
      otherKeys: 0,
    };
  } finally {
    key.bytes.fill(0);
  }
}

/** What the old backup holds, where its key is at hand, and those from before it. */
const read: OperationStep<ResetBackupPlan> = {
  name: 'read_backup',
  async run(plan, parts) {
    for (const backup of parts.health.oldBackups.kept(plan.earlier)) {
      await parts.health.oldBackups.readNow(backup, parts);
    }
    return readOld<ResetBackupPlan>().run(plan, parts);
  },
};

/** Until its key is stored, the recovery key opens another backup. */
const create: OperationStep<ResetBackupPlan> = {
  name: 'create_backup',
  async run(plan, parts) {
    const created = await createNew<ResetBackupPlan>().run(plan, parts);
    await noteMisfit(parts.context, plan.key.id, newVersionOf(created));
    return created;
  },
};

const store: OperationStep<ResetBackupPlan> = {
  name: 'store_secrets',
  async run(plan, { context, health, progress }) {
    const { secretStorage } = context;
    await requireCurrent(context, newVersionOf(plan));
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) throw replaced();
    const secrets = [[backupSecret, plan.newKey]] as const;
    const known = [plan.oldKey, plan.newKey];
    await withStorageKey(plan, async (key) => {
      // Another device may have stored one since this began.
      await keepWhatGivesWay(context, health.oldBackups, key, known);
      await storeSecrets(secretStorage, key, secrets, progress).catch(async (error: unknown) => {
        // Another client has put a key of its own there.
        if (isChangedElsewhere(error)) await noteMisfit(context, key.id, newVersionOf(plan));
        throw error;
      });
    });
    return { ...plan, otherKeys: (await secretStorage.otherKeys()).length };
  },
};

export const resetBackup: Operation<ResetBackupPlan> = {
  steps: (plan) => [
    ...(isReadable(plan) || plan.earlier.length > 0 ? [read] : []),
    takeSnapshot(),
    create,
    fillNew(),
    store,
    ...(isReadable(plan) ? [deleteOld<ResetBackupPlan>()] : []),
  ],

  isCancellable: (plan) => !isDone(plan, 'create_backup'),

  async undo({ newKey }, { context }: StepParts) {
    const current = await findBackup(context.homeserver);
    return withBackupKey(newKey, async (key) => current === null || !opens(key, current));
  },

  finish: () => undefined,
};

function isChangedElsewhere(error: unknown): boolean {
  return error instanceof HoldfastError && error.code === 'changed_elsewhere';
}

function isReadable({ oldVersion, oldKey }: ResetBackupPlan): boolean {
  return oldVersion !== null && oldKey !== null;
}

/** The private key of that backup, from here or from storage; null where neither fits. */
async function keyOf(
  context: KeysContext,
  key: OpenKey,
  backup: BackupVersion,
): Promise<string | null> {
  const here = await backupKeyOrNull(context, backup);
  if (here !== null) return here;
  const stored = await storedBackupKey(context, key);
  if (stored === null) return null;
  return withBackupKey(stored, async (one) => (opens(one, backup) ? stored : null));
}
