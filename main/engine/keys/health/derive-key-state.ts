import type { KeyState } from '../../../../preload/model/keys';
import { holdsIdentity, opensBackup, wasCutOffSigning, type KeyFacts } from './key-facts';

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
  if (facts.identity === 'unverified' && !wasCutOffSigning(facts)) return unverified(facts);
  if (facts.storage !== 'absent') return 'secrets_incomplete';
  const identityIncomplete = facts.identity === 'verified' && !facts.identityKeysHere;
  return identityIncomplete ? 'secrets_incomplete' : 'needs_setup';
}

function withBackup(facts: KeyFacts): KeyState {
  return facts.backupTrust === 'readable' ? withReadableBackup(facts) : withClosedBackup(facts);
}

function withReadableBackup(facts: KeyFacts): KeyState {
  if (facts.identity === 'unverified') return unverified(facts);
  if (facts.disabledByUser) return 'disabled_by_user';
  // Whoever loses this device could not open the backup again.
  if (facts.storage !== 'complete' || facts.storedKeyMisfits) return 'secrets_incomplete';
  if (facts.pendingKeys === null) return 'unknown';
  return facts.pendingKeys > 0 || facts.oldBackupWaits ? 'uploading' : 'ready';
}

function withClosedBackup(facts: KeyFacts): KeyState {
  const untrusted = facts.backupTrust === 'untrusted';
  if (untrusted && facts.backupReplaced && !facts.storedKeyMisfits) return 'backup_changed';
  if (opensBackup(facts)) {
    // A device at work takes nothing for its own backup that nobody vouches for, until it has tried.
    return untrusted && facts.identity === 'verified' ? 'backup_untrusted' : 'needs_restore';
  }
  if (facts.identity === 'unverified') return unverified(facts);
  // Nobody could hand the backup's key to this device: not storage, not a verified device.
  if (facts.identity === 'absent') return 'reset_required';
  if (facts.backupTrust === 'not_understood') return 'reset_required';
  if (!untrusted) return 'secrets_incomplete';
  return facts.storedKeyMisfits ? 'reset_required' : 'backup_untrusted';
}

/** The recovery key makes this a verified device where it can; elsewhere another device has to. */
function unverified(facts: KeyFacts): KeyState {
  return holdsIdentity(facts) ? 'needs_restore' : 'needs_verification';
}
