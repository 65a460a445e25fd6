/**
 * A new recovery key for the same backup and the same identity. The secrets are stored for it beside
 * the old one and read back; only then it becomes the default. The old one opens them until then,
 * and after that too, unless the person says that it may be in wrong hands.
 */
import { HoldfastError } from '../../../holdfast-error';
import { keyStoredFor } from '../../dehydration/stored-key';
import type { KeysContext } from '../keys-context';
import { keepRemoved } from '../old-key/removed-secret';
import { dehydrationSecret, secretNames } from '../secrets/secret-storage';
import type { RecoveryKeyDraft } from '../setup/recovery-key-draft';
import { tellRecoveryKey } from '../tell-recovery-key';
import type { Operation, OperationStep, StepParts } from './operation';
import {
  isDone,
  openKeyOf,
  storageKeyOf,
  untouched,
  withStorageKey,
  type NewKeyPlan,
} from './plan';
import { secretsHere, type SecretsHere } from './secrets-here';
import { takeSnapshot } from './snapshot-step';
import { requireStored, storeSecrets, type Secrets } from './store-secrets';

/** @throws {HoldfastError} what {@link secretsHere} says */
export async function planNewKey(
  context: KeysContext,
  draft: RecoveryKeyDraft,
  removeOld: boolean,
): Promise<NewKeyPlan> {
  const { backup } = await secretsHere(context);
  const { userId, deviceId } = context.account;
  return {
    operation: 'new_key',
    userId,
    deviceId,
    ...untouched,
    key: storageKeyOf({ id: draft.keyId, bytes: draft.bytes }, draft.phrase),
    oldKeyId: await context.secretStorage.defaultKeyId(),
    backupVersion: backup.version,
    removeOld,
    dehydration: null,
  };
}

const describeKey: OperationStep<NewKeyPlan> = {
  name: 'describe_key',
  async run(plan, { context }) {
    await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => context.secretStorage.describeKey(key, plan.key.phrase));
    return plan;
  },
};

const storeForKey: OperationStep<NewKeyPlan> = {
  name: 'store_secrets',
  async run(plan, { context, progress }) {
    const { oldKeyId } = plan;
    const { secrets } = await requireUnchanged(plan, context);
    const dehydration = oldKeyId === null ? null : await keyStoredFor(context, oldKeyId);
    const all: Secrets =
      dehydration === null ? secrets : [...secrets, [dehydrationSecret, dehydration.secret]];
    await withStorageKey(plan, (key) => storeSecrets(context.secretStorage, key, all, progress));
    return { ...plan, dehydration: dehydration?.mark ?? null };
  },
};

const switchKey: OperationStep<NewKeyPlan> = {
  name: 'switch_key',
  async run(plan, { context }) {
    const { secretStorage } = context;
    const { secrets } = await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => requireStored(secretStorage, key, secrets));
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) {
      await secretStorage.useByDefault(plan.key.id);
    }
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) {
      throw new HoldfastError('changed_elsewhere', 'Another key became the default one');
    }
    return plan;
  },
};

const removeOldKey: OperationStep<NewKeyPlan> = {
  name: 'remove_old_key',
  cleansUp: true,
  async run(plan, { context, progress }) {
    const { oldKeyId } = plan;
    if (oldKeyId === null) return plan;
    const { secrets } = await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => requireStored(context.secretStorage, key, secrets));
    await keepRemoved(context, oldKeyId);
    for (const [index, name] of secretNames.entries()) {
      progress(index, secretNames.length);
      await context.secretStorage.remove(name, oldKeyId);
    }
    // Only where the new one holds the same: else it may open what another client made.
    if (await isSameForBoth(plan, oldKeyId, context)) {
      await context.secretStorage.remove(dehydrationSecret, oldKeyId);
    }
    return plan;
  },
};

export const newKey: Operation<NewKeyPlan> = {
  steps: ({ removeOld }) => [
    takeSnapshot(),
    describeKey,
    storeForKey,
    switchKey,
    ...(removeOld ? [removeOldKey] : []),
  ],

  // A key that was proven is on paper: it must open nothing where it is given up.
  isCancellable: (plan) => !isDone(plan, 'switch_key'),

  async undo(plan, { context: { secretStorage } }: StepParts) {
    // Its answer lost, the switch may have been done after all.
    if ((await secretStorage.defaultKeyId()) === plan.key.id) return false;
    for (const name of [...secretNames, dehydrationSecret] as const) {
      await secretStorage.remove(name, plan.key.id);
    }
    return true;
  },

  finish(plan, { context }) {
    const key = openKeyOf(plan);
    tellRecoveryKey(context, key, plan.key.phrase);
    key.bytes.fill(0);
  },
};

/** Whether the key of dehydrated devices that is stored for the old one is stored for the new one. */
async function isSameForBoth(
  { key, dehydration }: NewKeyPlan,
  oldKeyId: string,
  { secretStorage }: KeysContext,
): Promise<boolean> {
  if (dehydration === null) return false;
  if ((await secretStorage.markOf(dehydrationSecret, oldKeyId)) !== dehydration) return false;
  return secretStorage.holds(dehydrationSecret, key.id);
}

/** @throws {HoldfastError} `changed_elsewhere` where another device changed storage or backup */
async function requireUnchanged(plan: NewKeyPlan, context: KeysContext): Promise<SecretsHere> {
  const current = await context.secretStorage.defaultKeyId();
  if (current !== plan.oldKeyId && current !== plan.key.id) {
    throw new HoldfastError('changed_elsewhere', 'Another recovery key was set up meanwhile');
  }
  const here = await secretsHere(context).catch((error: unknown) => {
    const isGone =
      error instanceof HoldfastError &&
      (error.code === 'backup_missing' || error.code === 'secrets_not_here');
    throw isGone
      ? new HoldfastError('changed_elsewhere', 'Backup or identity was replaced meanwhile')
      : error;
  });
  if (here.backup.version !== plan.backupVersion) {
    throw new HoldfastError('changed_elsewhere', 'The backup was replaced meanwhile');
  }
  return here;
}
