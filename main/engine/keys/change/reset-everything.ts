/**
 * A new identity, a new secret storage and a new backup, for a person who has neither the recovery
 * key nor another device, or whose identity is lost or known to somebody else. Until the server takes
 * the new identity nothing is replaced: its secrets lie beside the old ones, for a recovery key that
 * the person has proven. An old backup that can't be read to the last key stays on the server.
 */
import { Method } from 'matrix-js-sdk';
import { keyFromPhrase } from '../../../recovery-key/phrase-key';
import { HoldfastError } from '../../../holdfast-error';
import type { KeysContext } from '../keys-context';
import { makeIdentity } from '../secrets/new-identity';
import { backupSecret, identitySecrets, secretNames } from '../secrets/secret-storage';
import { withAuth } from '../secrets/upload-signing-keys';
import { findBackup } from '../server/backup-version';
import { newBackupKey } from '../setup/backup-key';
import type { RecoveryKeyDraft } from '../setup/recovery-key-draft';
import { tellRecoveryKey } from '../tell-recovery-key';
import { createNew, deleteOld, fillNew, readOld, replaced } from './backup-steps';
import type { Operation, OperationStep } from './operation';
import {
  isDone,
  openKeyOf,
  storageKeyOf,
  untouched,
  withStorageKey,
  type ResetEverythingPlan,
} from './plan';
import { backupKeyOrNull } from './secrets-here';
import { takeSnapshot } from './snapshot-step';
import { requireStored, storeSecrets, type Secrets } from './store-secrets';

/** @throws {HoldfastError} what the network says */
export async function planFullReset(
  context: KeysContext,
  draft: RecoveryKeyDraft,
): Promise<ResetEverythingPlan> {
  const { userId, deviceId } = context.account;
  const old = await findBackup(context.homeserver);
  return {
    operation: 'reset_everything',
    userId,
    deviceId,
    ...untouched,
    key: storageKeyOf({ id: draft.keyId, bytes: draft.bytes }, draft.phrase),
    oldKeyId: await context.secretStorage.defaultKeyId(),
    oldIdentity: (await context.identity.published()).masterKey,
    identity: await makeIdentity(userId),
    oldVersion: old?.version ?? null,
    oldKey: old === null ? null : await backupKeyOrNull(context, old),
    read: null,
    newKey: newBackupKey(),
    newVersion: null,
    earlier: [],
    otherKeys: 0,
  };
}

const describeKey: OperationStep<ResetEverythingPlan> = {
  name: 'describe_key',
  async run(plan, { context }) {
    await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => context.secretStorage.describeKey(key, plan.key.phrase));
    return plan;
  },
};

const storeForKey: OperationStep<ResetEverythingPlan> = {
  name: 'store_secrets',
  async run(plan, { context, progress }) {
    await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) =>
      storeSecrets(context.secretStorage, key, secretsOf(plan), progress),
    );
    return plan;
  },
};

/** The point of no return. The server asks who is there. */
const replaceIdentity: OperationStep<ResetEverythingPlan> = {
  name: 'replace_identity',
  async run(plan, { context, signal }) {
    const { homeserver, identity, interactiveAuth } = context;
    const { masterKey, upload } = plan.identity;
    await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => requireStored(context.secretStorage, key, secretsOf(plan)));
    const published = (await identity.published()).masterKey;
    if (published === masterKey) return plan;
    if (published !== plan.oldIdentity) throw replaced();
    await interactiveAuth.run(
      (auth) => homeserver.send(Method.Post, '/keys/device_signing/upload', withAuth(upload, auth)),
      { signal, checkPassword: (password) => requireOtherThan(plan, password) },
    );
    if ((await identity.published()).masterKey !== masterKey) throw replaced();
    return plan;
  },
};

const signDevice: OperationStep<ResetEverythingPlan> = {
  name: 'sign_device',
  async run(plan, { context: { identity } }) {
    const before = await identity.published();
    if (before.masterKey !== plan.identity.masterKey) throw replaced();
    if (!(await identity.takeOver(plan.identity))) {
      throw new HoldfastError('changed_elsewhere', 'Another identity was published meanwhile');
    }
    if (!before.signsThisDevice) await identity.signThisDevice();
    return plan;
  },
};

const switchKey: OperationStep<ResetEverythingPlan> = {
  name: 'switch_key',
  async run(plan, { context }) {
    const { secretStorage } = context;
    await requireUnchanged(plan, context);
    await withStorageKey(plan, (key) => requireStored(secretStorage, key, secretsOf(plan)));
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) {
      await secretStorage.useByDefault(plan.key.id);
    }
    if ((await secretStorage.defaultKeyId()) !== plan.key.id) throw replaced();
    return plan;
  },
};

export const resetEverything: Operation<ResetEverythingPlan> = {
  steps: ({ oldVersion, oldKey }) => {
    const isReadable = oldVersion !== null && oldKey !== null;
    return [
      ...(isReadable ? [readOld<ResetEverythingPlan>()] : []),
      takeSnapshot(),
      describeKey,
      storeForKey,
      replaceIdentity,
      signDevice,
      switchKey,
      createNew(),
      fillNew(),
      ...(isReadable ? [deleteOld<ResetEverythingPlan>()] : []),
    ];
  },

  isCancellable: (plan) => !isDone(plan, 'replace_identity'),

  async undo(plan, { context: { identity, secretStorage } }) {
    // The answer to its publication was lost: it is the account's identity now.
    if ((await identity.published()).masterKey === plan.identity.masterKey) return false;
    for (const name of secretNames) await secretStorage.remove(name, plan.key.id);
    return true;
  },

  finish(plan, { context }) {
    const key = openKeyOf(plan);
    tellRecoveryKey(context, key, plan.key.phrase);
    key.bytes.fill(0);
  },
};

function secretsOf({ identity, newKey }: ResetEverythingPlan): Secrets {
  const [master, selfSigning, userSigning] = identitySecrets;
  return [
    [backupSecret, newKey],
    [master, identity.master],
    [selfSigning, identity.selfSigning],
    [userSigning, identity.userSigning],
  ];
}

/** The password is known only now: the security phrase must be another one (I8). */
async function requireOtherThan({ key }: ResetEverythingPlan, password: string): Promise<void> {
  if (key.phrase === null) return;
  for (const text of new Set([password, password.trim()].map((one) => one.normalize('NFC')))) {
    const bytes = await keyFromPhrase(text, key.phrase);
    const isSame = Buffer.from(bytes).toString('base64') === key.bytes;
    bytes.fill(0);
    if (isSame) throw new HoldfastError('phrase_is_password', 'The phrase is the password');
  }
}

/** @throws {HoldfastError} `changed_elsewhere` where another device changed storage */
async function requireUnchanged(
  { oldKeyId, key }: ResetEverythingPlan,
  { secretStorage }: KeysContext,
): Promise<void> {
  const current = await secretStorage.defaultKeyId();
  if (current !== oldKeyId && current !== key.id) throw replaced();
}
