import type { KeyBackupInfo } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { cryptoOf } from '../olm-machine';
import { backupAlgorithm, findBackup, type BackupVersion } from '../server/backup-version';
import { isBackupDisabled } from '../server/preference';
import { secretNames, type StorageKey } from '../secrets/secret-storage';
import type { KeysContext } from '../keys-context';
import type { BackupTrust, KeyFacts, StorageFact } from './key-facts';

/** The facts, and what the window shows beside the state. */
export interface KeySurvey {
  readonly facts: KeyFacts;
  readonly backup: BackupVersion | null;
  readonly storageKey: StorageKey | null;
  /** Keys on this device; null while unknown. */
  readonly keysHere: number | null;
}

/** Asks the server and the crypto store. Whatever fails leaves its fact unknown, and only it. */
export async function surveyKeys(context: KeysContext): Promise<KeySurvey> {
  const [backup, storage, identity, disabled, counts] = await Promise.all([
    orUnknown(findBackup(context.homeserver)),
    orUnknown(surveyStorage(context)),
    orUnknown(surveyIdentity(context)),
    orUnknown(isBackupDisabled(context.accountData)),
    orUnknown(context.pendingKeys.count()),
  ]);
  return {
    facts: {
      ...(await factsOfBackup(context, disabled === unknown ? unknown : backup)),
      storage: storage === unknown ? unknown : storage.fact,
      identity: identity === unknown ? unknown : identity.fact,
      identityKeysHere: identity !== unknown && identity.keysHere,
      disabledByUser: disabled === true,
      pendingKeys: counts === unknown ? null : counts.pending,
    },
    backup: backup === unknown ? null : backup,
    storageKey: storage === unknown ? null : storage.key,
    keysHere: counts === unknown ? null : counts.total,
  };
}

const unknown = 'unknown';

/** Not asked, not answered, not understood: all the same, unknown. */
function orUnknown<Value>(asked: Promise<Value>): Promise<Value | typeof unknown> {
  return asked.catch(() => unknown);
}

type BackupFacts = Pick<KeyFacts, 'backup' | 'backupTrust' | 'backupReplaced'>;

async function factsOfBackup(
  context: KeysContext,
  backup: BackupVersion | null | typeof unknown,
): Promise<BackupFacts> {
  if (backup === unknown) return { backup, backupTrust: 'untrusted', backupReplaced: false };
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
  if (backup.algorithm !== backupAlgorithm) return 'untrusted';
  const trust = await orUnknown(
    cryptoOf(context.client).isKeyBackupTrusted(backup as unknown as KeyBackupInfo),
  );
  if (trust === unknown) return 'untrusted';
  if (trust.matchesDecryptionKey) return 'readable';
  return trust.trusted ? 'trusted' : 'untrusted';
}

interface StorageSurvey {
  readonly fact: StorageFact;
  readonly key: StorageKey | null;
}

async function surveyStorage({ secretStorage }: KeysContext): Promise<StorageSurvey> {
  const key = await secretStorage.defaultKey();
  if (key === null) return { fact: 'absent', key };
  const [backupKey, ...identityKeys] = await Promise.all(
    secretNames.map((name) => secretStorage.holds(name, key.id)),
  );
  const identity = identityKeys.every(Boolean);
  if (backupKey === true) return { fact: identity ? 'complete' : 'backup_key_only', key };
  return { fact: identity ? 'identity_only' : 'empty', key };
}

interface IdentitySurvey {
  readonly fact: 'absent' | 'unverified' | 'verified';
  readonly keysHere: boolean;
}

async function surveyIdentity({ identity }: KeysContext): Promise<IdentitySurvey> {
  const keysHere = await identity.hasKeysHere();
  const { isThere, isMine, verifiesThisDevice } = await identity.published();
  if (!isThere) return { fact: 'absent', keysHere };
  // Keys made here do not count where another device's identity was published.
  return { fact: verifiesThisDevice ? 'verified' : 'unverified', keysHere: keysHere && isMine };
}
