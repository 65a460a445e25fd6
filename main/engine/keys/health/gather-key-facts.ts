import type { KeyBackupInfo } from 'matrix-js-sdk/lib/crypto-api/index.js';
import type { ErrorCode } from '../../../../preload/errors';
import { HoldfastError } from '../../../holdfast-error';
import { cryptoOf } from '../olm-machine';
import { countsForAnother } from '../repair/count-uploads';
import { isMisfit } from '../repair/stored-key-misfit';
import { backupAlgorithm, findBackup, type BackupVersion } from '../server/backup-version';
import type { KeyCounts } from '../server/pending-keys';
import { isBackupDisabled } from '../server/preference';
import type { PublishedIdentity } from '../secrets/identity';
import { backupSecret, secretNames, type StorageKey } from '../secrets/secret-storage';
import type { KeysContext } from '../keys-context';
import type { BackupTrust, KeyFacts, StorageFact } from './key-facts';

/** The facts, and what the window shows beside the state. */
export interface KeySurvey {
  readonly facts: KeyFacts;
  readonly backup: BackupVersion | null;
  readonly storageKey: StorageKey | null;
  /** Also of a storage key that is not understood; null where there is none. */
  readonly storageKeyId: string | null;
  /** Keys on this device, and where they are; null while unknown. */
  readonly counts: KeyCounts | null;
  /** Keys that count as uploaded to the backup, but that the server has not got. */
  readonly missingKeys: number;
  /** Why something is unknown; null where everything is known. */
  readonly problem: ErrorCode | null;
}

/**
 * Asks the server and the crypto store. Whatever fails leaves its fact unknown, and only it.
 *
 * @param oldBackupWaits {@link KeyFacts.oldBackupWaits}
 */
export async function surveyKeys(
  context: KeysContext,
  oldBackupWaits: boolean,
): Promise<KeySurvey> {
  const asked = new Questions();
  // Counted before the server is asked: what is uploaded meanwhile can't look like missing.
  const counted = asked.orUnknown(context.pendingKeys.count());
  const [counts, backup, storage, published, keysHere, disabled] = await Promise.all([
    counted,
    counted.then(() => asked.orUnknown(findBackup(context.homeserver))),
    asked.orUnknown(surveyStorage(context)),
    asked.orUnknown(context.identity.published()),
    asked.orUnknown(context.identity.hasKeysHere()),
    asked.orUnknown(isBackupDisabled(context.accountData)),
  ]);
  const present = backup === unknown ? null : backup;
  const known = counts === unknown ? null : counts;
  const missingKeys = known === null || present === null ? 0 : missingFrom(present, known);
  const facts: KeyFacts = {
    ...(await asked
      .orUnknown(factsOfBackup(context, disabled === unknown ? unknown : backup))
      .then((of) => (of === unknown ? unknownBackup : of))),
    ...(storage === unknown
      ? { storage, storedKeyMisfits: false }
      : { storage: storage.fact, storedKeyMisfits: misfits(context, storage, present) }),
    ...factsOfIdentity(published, keysHere === true),
    disabledByUser: disabled === true,
    pendingKeys: known === null ? null : waitingKeys(context, known, backup, missingKeys),
    oldBackupWaits,
  };
  return {
    facts,
    backup: present,
    storageKey: storage === unknown ? null : storage.key,
    storageKeyId: storage === unknown ? null : storage.keyId,
    counts: known,
    missingKeys,
    problem: asked.problem,
  };
}

/**
 * Keys of this device that the account's backup does not have (I3). The store counts for the backup
 * that is in use: where that is not the account's, or where the keys were uploaded to another one,
 * none of them is known to be there.
 *
 * @param missingKeys {@link KeySurvey.missingKeys}
 */
export function waitingKeys(
  context: Pick<KeysContext, 'uploadedTo' | 'knownBackup'>,
  counts: KeyCounts,
  backup: BackupVersion | null | typeof unknown,
  missingKeys: number,
): number {
  if (backup === unknown) return counts.pending;
  const areForIt =
    backup !== null &&
    counts.version === backup.version &&
    !countsForAnother(context, backup.version);
  return areForIt ? counts.pending + missingKeys : counts.total;
}

const unknown = 'unknown';
/** Answered: neither unknown, nor ever taken for absent (I2). */
const notUnderstood = 'not_understood';

/** Not asked, or not answered: all the same, unknown. */
class Questions {
  /** Why the first of them was not answered. */
  problem: ErrorCode | null = null;

  orUnknown<Value>(answer: Promise<Value>): Promise<Value | typeof unknown> {
    return answer.catch((error: unknown) => {
      this.problem ??= error instanceof HoldfastError ? error.code : 'internal';
      return unknown;
    });
  }
}

function missingFrom(backup: BackupVersion, { total, pending, version }: KeyCounts): number {
  return version === backup.version ? Math.max(total - pending - backup.count, 0) : 0;
}

type BackupFacts = Pick<KeyFacts, 'backup' | 'backupTrust' | 'backupReplaced'>;

const unknownBackup: BackupFacts = {
  backup: unknown,
  backupTrust: 'untrusted',
  backupReplaced: false,
};

async function factsOfBackup(
  context: KeysContext,
  backup: BackupVersion | null | typeof unknown,
): Promise<BackupFacts> {
  if (backup === unknown) return unknownBackup;
  const known = context.knownBackup.version;
  if (backup === null) {
    return { backup: 'absent', backupTrust: 'untrusted', backupReplaced: known !== null };
  }
  return {
    backup: 'present',
    backupTrust: await trustIn(context, backup),
    backupReplaced: known !== null && known !== backup.version,
  };
}

async function trustIn(context: KeysContext, backup: BackupVersion): Promise<BackupTrust> {
  if (backup.algorithm !== backupAlgorithm) return notUnderstood;
  const trust = await cryptoOf(context.client).isKeyBackupTrusted(
    backup as unknown as KeyBackupInfo,
  );
  if (trust.matchesDecryptionKey) return 'readable';
  return trust.trusted ? 'trusted' : 'untrusted';
}

interface StorageSurvey {
  readonly fact: StorageFact;
  readonly keyId: string | null;
  readonly key: StorageKey | null;
  /** Of the backup's key as it is stored. */
  readonly mark: string | null;
}

async function surveyStorage({ secretStorage }: KeysContext): Promise<StorageSurvey> {
  const key = await secretStorage.defaultKey().catch((error: unknown): typeof notUnderstood => {
    if (error instanceof HoldfastError && error.code === 'key_unverifiable') return notUnderstood;
    throw error;
  });
  if (key === null) return { fact: 'absent', keyId: null, key, mark: null };
  if (key === notUnderstood) {
    const keyId = await secretStorage.defaultKeyId();
    return { fact: notUnderstood, keyId, key: null, mark: null };
  }
  const [[backupKey, ...identityKeys], mark] = await Promise.all([
    Promise.all(secretNames.map((name) => secretStorage.holds(name, key.id))),
    secretStorage.markOf(backupSecret, key.id),
  ]);
  const fact = heldBy(backupKey === true, identityKeys.every(Boolean));
  return { fact, keyId: key.id, key, mark };
}

function heldBy(backupKey: boolean, identity: boolean): StorageFact {
  if (backupKey) return identity ? 'complete' : 'backup_key_only';
  return identity ? 'identity_only' : 'empty';
}

function misfits(
  context: KeysContext,
  { key, mark }: StorageSurvey,
  backup: BackupVersion | null,
): boolean {
  return key !== null && backup !== null && isMisfit(context, key.id, backup.version, mark);
}

type IdentityFacts = Pick<KeyFacts, 'identity' | 'identityKeysHere'>;

function factsOfIdentity(
  published: PublishedIdentity | typeof unknown,
  keysHere: boolean,
): IdentityFacts {
  if (published === unknown) return { identity: unknown, identityKeysHere: keysHere };
  const { isThere, isMine, verifiesThisDevice } = published;
  if (!isThere) return { identity: 'absent', identityKeysHere: keysHere };
  const identity = verifiesThisDevice ? 'verified' : 'unverified';
  // Keys made here do not count where another device's identity was published.
  return { identity, identityKeysHere: keysHere && isMine };
}
