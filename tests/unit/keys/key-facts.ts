import type { KeyFacts } from '../../../main/engine/keys/health/key-facts';

export const allReady: KeyFacts = {
  backup: 'present',
  backupTrust: 'readable',
  backupReplaced: false,
  storage: 'complete',
  storedKeyMisfits: false,
  identity: 'verified',
  identityKeysHere: true,
  disabledByUser: false,
  pendingKeys: 0,
  oldBackupWaits: false,
};

export const nothingYet: KeyFacts = {
  ...allReady,
  backup: 'absent',
  backupTrust: 'untrusted',
  storage: 'absent',
  identity: 'absent',
  identityKeysHere: false,
};

/** Every combination there is. */
export function allFacts(): KeyFacts[] {
  const values: { [Fact in keyof KeyFacts]: readonly KeyFacts[Fact][] } = {
    backup: ['unknown', 'absent', 'present'],
    backupTrust: ['readable', 'trusted', 'untrusted', 'not_understood'],
    backupReplaced: [false, true],
    storage: [
      'unknown',
      'absent',
      'not_understood',
      'empty',
      'identity_only',
      'backup_key_only',
      'complete',
    ],
    storedKeyMisfits: [false, true],
    identity: ['unknown', 'absent', 'unverified', 'verified'],
    identityKeysHere: [false, true],
    disabledByUser: [false, true],
    pendingKeys: [null, 0, 5],
    oldBackupWaits: [false, true],
  };
  return Object.entries(values).reduce<Record<string, unknown>[]>(
    (combinations, [fact, options]) =>
      combinations.flatMap((facts) => options.map((option) => ({ ...facts, [fact]: option }))),
    [{}],
  ) as unknown as KeyFacts[];
}
