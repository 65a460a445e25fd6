/**
 * A new backup, with a key of its own, in the place of the present one. What the old one holds comes
 * to this device first; the new one is made beside it and filled; the recovery key opens the old one
 * until then. Only a backup that was read to the last key is deleted.
 */
import { HoldfastError } from '../../../holdfast-error';
import { unlock } from '../../../recovery-key/unlock';
import type { KeysContext } from '../keys-context';
import {
  deleteBackup,
  findBackup,
  findBackupVersion,
  type BackupVersion,
} from '../server/backup-version';
import { noteBackupEnabled } from '../server/preference';
import {
  createBackupFor,
  newBackupKey,
  opens,
  useBackup,
  withBackupKey,
} from '../setup/backup-key';
import { backupSecret } from '../secrets/secret-storage';
import { olmMachineOf } from '../olm-machine';
import type { Operation, OperationStep, StepParts } from './operation';
import { isDone, storageKeyOf, withStorageKey, type ResetBackupPlan } from './plan';
import { readWholeBackup } from './read-backup';
import { backupKeyHere } from './secrets-here';
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

const readOld: OperationStep<ResetBackupPlan> = {
  name: 'read_backup',
  async run(plan, parts) {
    const { oldVersion, oldKey } = plan;
    if (oldVersion === null || oldKey === null) return plan;
    return { ...plan, read: await readWholeBackup(parts, oldVersion, oldKey) };
  },
};

const snapshot: OperationStep<ResetBackupPlan> = {
  name: 'snapshot',
  async run(plan, { snapshots }) {
    await snapshots.make();
    return plan;
  },
};

const create: OperationStep<ResetBackupPlan> = {
  name: 'create_backup',
  run: (plan, { context }) =>
    withBackupKey(plan.newKey, async (key) => {
      const current = await findBackup(context.homeserver);
      // The answer to its creation was lost.
      if (current !== null && opens(key, current)) return { ...plan, newVersion: current.version };
      if ((current?.version ?? null) !== plan.oldVersion) throw replaced();
      return { ...plan, newVersion: await createBackupFor(context, key) };
    }),
};

const fill: OperationStep<ResetBackupPlan> = {
  name: 'fill_backup',
  async run(plan, parts) {
    const { context } = parts;
    await requireCurrent(context, newVersionOf(plan));
    if ((await uploadAll(plan, parts)) > 0) {
      // A start after a crash took the new backup up as if it had the keys of the old one: the
      // crypto library counts them as uploaded without asking where to. Counting begins anew.
      await olmMachineOf(context.client).disableBackup();
      const count = await uploadAll(plan, parts);
      if (count > 0) throw new HoldfastError('keys_pending', 'Fewer keys than here', { count });
    }
    await noteBackupEnabled(context.accountData);
    return plan;
  },
};

/** @returns how many of the keys that were here before it the new backup still lacks */
async function uploadAll(
  plan: ResetBackupPlan,
  { context, health, progress }: StepParts,
): Promise<number> {
  const version = newVersionOf(plan);
  try {
    await withBackupKey(plan.newKey, (key) => useBackup(context, key, version));
    const { total } = await context.pendingKeys.count();
    await context.pendingKeys.upload(async () => {
      const now = await context.pendingKeys.count();
      progress(now.total - now.pending, now.total);
      await health.recount();
    });
    const { count } = await requireCurrent(context, version);
    return Math.max(total - count, 0);
  } catch (error) {
    const isGone = error instanceof HoldfastError && error.code === 'backup_missing';
    throw isGone ? replaced() : error;
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

const deleteOld: OperationStep<ResetBackupPlan> = {
  name: 'delete_backup',
  async run(plan, { context }) {
    const { oldVersion, read } = plan;
    if (oldVersion === null || read === null) return plan;
    const { count } = await requireCurrent(context, newVersionOf(plan));
    const old = await findBackupVersion(context.homeserver, oldVersion);
    // Another device added to it after it was read: it stays.
    if (old?.etag !== read.etag || count < read.keys) return plan;
    await deleteBackup(context.homeserver, oldVersion);
    return plan;
  },
};

export const resetBackup: Operation<ResetBackupPlan> = {
  steps: ({ oldKey, oldVersion }) => [
    ...(oldVersion !== null && oldKey !== null ? [readOld] : []),
    snapshot,
    create,
    fill,
    store,
    ...(oldVersion !== null && oldKey !== null ? [deleteOld] : []),
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
  const here = await backupKeyHere(context, backup).catch((error: unknown) => {
    if (error instanceof HoldfastError && error.code === 'secrets_not_here') return null;
    throw error;
  });
  if (here !== null || stored === null) return here;
  try {
    return await withBackupKey(stored, async (key) => (opens(key, backup) ? stored : null));
  } catch {
    // What lies there is no key at all.
    return null;
  }
}

function newVersionOf({ newVersion }: ResetBackupPlan): string {
  if (newVersion === null) throw new HoldfastError('internal', 'The backup was not made');
  return newVersion;
}

async function requireCurrent(context: KeysContext, version: string): Promise<BackupVersion> {
  const current = await findBackup(context.homeserver);
  if (current?.version !== version) throw replaced();
  return current;
}

function replaced(): HoldfastError {
  return new HoldfastError('changed_elsewhere', 'Another device replaced backup or storage');
}
