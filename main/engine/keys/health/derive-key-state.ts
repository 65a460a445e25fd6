import type { KeyState } from '../../../../preload/model/keys';
import type { KeyFacts } from './key-facts';

/**
 * The one place that says how the account's keys stand. Nothing else decides: not the window, not
 * the reminder, not the sign-out gate.
 */
export function deriveKeyState(facts: KeyFacts): KeyState {
  const { backup, storage, identity } = facts;
  if (backup === 'unknown' || storage === 'unknown' || identity === 'unknown') return 'unknown';
  return backup === 'absent' ? withoutBackup(facts) : withBackup(facts);
}

function withoutBackup(facts: KeyFacts): KeyState {
  if (facts.disabledByUser) return 'disabled_by_user';
  if (facts.backupReplaced) return 'backup_changed';
  if (facts.identity === 'unverified' && !wasCutOffSigning(facts)) {
    // The recovery key makes this a verified device; without it another device has to.
    return holdsIdentity(facts) ? 'needs_restore' : 'needs_verification';
  }
  if (facts.storage !== 'absent') return 'secrets_incomplete';
  const identityIncomplete = facts.identity === 'verified' && !facts.identityKeysHere;
  return identityIncomplete ? 'secrets_incomplete' : 'needs_setup';
}

function withBackup(facts: KeyFacts): KeyState {
  if (facts.backupReplaced && facts.backupTrust === 'untrusted') return 'backup_changed';
  return facts.backupTrust === 'readable' ? withReadableBackup(facts) : withClosedBackup(facts);
}

function withReadableBackup(facts: KeyFacts): KeyState {
  if (facts.identity === 'unverified') {
    return holdsIdentity(facts) ? 'needs_restore' : 'needs_verification';
  }
  // Whoever loses this device could not open the backup again.
  if (facts.storage !== 'complete') return 'secrets_incomplete';
  if (facts.pendingKeys === null) return 'unknown';
  return facts.pendingKeys > 0 ? 'uploading' : 'ready';
}

function withClosedBackup(facts: KeyFacts): KeyState {
  if (holdsBackupKey(facts)) return 'needs_restore';
  if (facts.identity === 'unverified') {
    return holdsIdentity(facts) ? 'needs_restore' : 'needs_verification';
  }
  // Nobody could hand the backup's key to this device: not storage, not a verified device.
  if (facts.identity === 'absent') return 'reset_required';
  return facts.backupTrust === 'trusted' ? 'secrets_incomplete' : 'backup_untrusted';
}

/**
 * A setup published the identity and ended before it had signed this device: setting up once more
 * signs it. No other device could help, there may be none.
 */
function wasCutOffSigning({ storage, identityKeysHere }: KeyFacts): boolean {
  return storage === 'absent' && identityKeysHere;
}

function holdsIdentity({ storage }: KeyFacts): boolean {
  return storage === 'identity_only' || storage === 'complete';
}

function holdsBackupKey({ storage }: KeyFacts): boolean {
  return storage === 'backup_key_only' || storage === 'complete';
}
