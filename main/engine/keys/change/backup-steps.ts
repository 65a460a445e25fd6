/** The steps of every change that puts a new backup in the place of the present one. */
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { olmMachineOf } from '../olm-machine';
import {
  deleteBackup,
  findBackup,
  findBackupVersion,
  type BackupVersion,
} from '../server/backup-version';
import { noteBackupEnabled } from '../server/preference';
import { createBackupFor, opens, useBackup, withBackupKey } from '../setup/backup-key';
import type { OperationStep, StepParts } from './operation';
import type { ResetBackupPlan } from './plan';
import { readWholeBackup } from './read-backup';

/** What they need to know. */
export type BackupReplacement = Pick<
  ResetBackupPlan,
  'oldVersion' | 'oldKey' | 'read' | 'newKey' | 'newVersion'
>;

/** Where its key is here: everything the old backup holds comes to this device. */
export const readOld = <Plan extends BackupReplacement>(): OperationStep<Plan> => ({
  name: 'read_backup',
  async run(plan, parts) {
    const { oldVersion, oldKey } = plan;
    if (oldVersion === null || oldKey === null) return plan;
    return { ...plan, read: await readWholeBackup(parts, oldVersion, oldKey) };
  },
});

/** The new one, beside the old one. */
export const createNew = <Plan extends BackupReplacement>(): OperationStep<Plan> => ({
  name: 'create_backup',
  run: (plan, { context }) =>
    withBackupKey(plan.newKey, async (key) => {
      const current = await findBackup(context.homeserver);
      // The answer to its creation was lost.
      if (current !== null && opens(key, current)) return { ...plan, newVersion: current.version };
      if ((current?.version ?? null) !== plan.oldVersion) throw replaced();
      return { ...plan, newVersion: await createBackupFor(context, key) };
    }),
});

export const fillNew = <Plan extends BackupReplacement>(): OperationStep<Plan> => ({
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
});

/** @returns how many of the keys that were here before it the new backup still lacks */
async function uploadAll(
  plan: BackupReplacement,
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
    if (error instanceof HoldfastError && error.code === 'backup_missing') throw replaced();
    // A check of the backup that the SDK began before this one existed has ended its use: from the top.
    if (error instanceof HoldfastError && error.code === 'not_ready') {
      throw new HoldfastError(
        'server_error',
        'The backup was put out of use',
        {},
        { cause: error },
      );
    }
    throw error;
  }
}

/** Only where it was read to the last key, and nothing was added to it since. */
export const deleteOld = <Plan extends BackupReplacement>(): OperationStep<Plan> => ({
  name: 'delete_backup',
  cleansUp: true,
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
});

/** Once it was made. */
export function newVersionOf({ newVersion }: BackupReplacement): string {
  if (newVersion === null) throw new HoldfastError('internal', 'The backup was not made');
  return newVersion;
}

/** @throws {HoldfastError} `changed_elsewhere` where that is not the account's backup any more */
export async function requireCurrent(
  context: KeysContext,
  version: string,
): Promise<BackupVersion> {
  const current = await findBackup(context.homeserver);
  if (current?.version !== version) throw replaced();
  return current;
}

/** Whoever got in between decides: nothing of theirs is replaced. */
export function replaced(): HoldfastError {
  return new HoldfastError('changed_elsewhere', 'Another device replaced backup or storage');
}
