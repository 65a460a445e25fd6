import { z } from 'zod';
import type { KeyFindings } from '../../../../preload/model/key-findings';
import type { KeysContext } from '../keys-context';
import { cryptoOf } from '../olm-machine';
import type { BackupVersion } from '../server/backup-version';
import type { KeySurvey } from './gather-key-facts';
import { holdsIdentity } from './key-facts';

const recordKey = 'keys.findings';
const storage = z.object({
  keyId: z.string(),
  holdsBackupKey: z.boolean(),
  holdsIdentity: z.boolean(),
  understood: z.boolean().optional(),
});
const backup = z.object({
  version: z.string(),
  algorithm: z.string(),
  etag: z.string(),
  keys: z.number(),
  trust: z.enum(['readable', 'trusted', 'untrusted']),
  madeBy: z.object({ deviceId: z.string(), name: z.string().nullable() }).nullable(),
  replacedAt: z.number().nullable(),
  understood: z.boolean().optional(),
});
const findings = z.object({
  checkedAt: z.number(),
  identity: z.enum(['absent', 'unverified', 'verified']),
  identityKeysHere: z.boolean(),
  storage: storage.nullable(),
  backup: backup.nullable(),
  keysHere: z.number().nullable(),
  allUploadedAt: z.number().nullable(),
}) satisfies z.ZodType<KeyFindings>;
const record = z.object({ deviceId: z.string(), findings });

/** What was found last, over restarts: without a connection it is all there is to show. */
export function storedFindings({ store, account }: KeysContext): KeyFindings | null {
  const stored = record.safeParse(store.crypto.records.get(recordKey)).data;
  return stored?.deviceId === account.deviceId ? stored.findings : null;
}

export function storeFindings({ store, account }: KeysContext, found: KeyFindings): void {
  store.crypto.records.set(recordKey, { deviceId: account.deviceId, findings: found });
}

/**
 * What a survey found; null where it was not told everything.
 *
 * @param before what was found last
 * @param now milliseconds since 1970
 */
export async function findingsOf(
  context: KeysContext,
  { facts, backup: found, storageKeyId, counts }: KeySurvey,
  before: KeyFindings | null,
  now: number,
): Promise<KeyFindings | null> {
  const { identity, storage: fact } = facts;
  if (facts.backup === 'unknown' || fact === 'unknown' || identity === 'unknown') return null;
  return {
    checkedAt: now,
    identity,
    identityKeysHere: facts.identityKeysHere,
    storage:
      storageKeyId === null
        ? null
        : {
            keyId: storageKeyId,
            holdsBackupKey:
              (fact === 'complete' || fact === 'backup_key_only') && !facts.storedKeyMisfits,
            holdsIdentity: holdsIdentity(facts),
            understood: fact !== 'not_understood',
          },
    backup:
      found === null
        ? null
        : {
            version: found.version,
            algorithm: found.algorithm,
            etag: found.etag,
            keys: found.count,
            trust: facts.backupTrust === 'not_understood' ? 'untrusted' : facts.backupTrust,
            madeBy: await makerOf(context, found),
            replacedAt: replacedAt(found, facts.backupReplaced, before, now),
            understood: facts.backupTrust !== 'not_understood',
          },
    keysHere: counts?.total ?? null,
    allUploadedAt: before?.allUploadedAt ?? null,
  };
}

/** The server does not tell when a backup was made: when it was first seen is all that is known. */
function replacedAt(
  { version }: BackupVersion,
  replaced: boolean,
  before: KeyFindings | null,
  now: number,
): number | null {
  if (before?.backup?.version === version && before.backup.replacedAt !== null) {
    return before.backup.replacedAt;
  }
  return replaced ? now : null;
}

/** Whoever makes a backup signs it with its device: the identity's signature names none. */
async function makerOf(
  { client, account: { userId, deviceId } }: KeysContext,
  { auth_data: authData }: BackupVersion,
): Promise<{ deviceId: string; name: string | null } | null> {
  const signed = z
    .record(z.string(), z.record(z.string(), z.unknown()))
    .safeParse(authData['signatures']).data;
  const signers = Object.keys(signed?.[userId] ?? {}).map((id) => id.slice(id.indexOf(':') + 1));
  const devices = (await cryptoOf(client).getUserDeviceInfo([userId])).get(userId);
  const known = signers.filter((id) => devices?.has(id));
  // This one may have signed another's backup since, once its key was proven.
  const maker = known.find((id) => id !== deviceId) ?? known[0];
  return maker === undefined
    ? null
    : { deviceId: maker, name: devices?.get(maker)?.displayName ?? null };
}
