import type { KeyRepair } from '../../../../preload/model/key-repair';
import { deriveKeyState } from '../health/derive-key-state';
import { hasRecoveryKey, holdsIdentity, opensBackup, type KeyFacts } from '../health/key-facts';

/** What helps, and what does where that is out of reach: a key that is lost, no other device. */
export interface KeyRepairs {
  /** The least destructive one; null where nothing is to be repaired. */
  readonly repair: KeyRepair | null;
  readonly otherwise: KeyRepair | null;
}

/**
 * The way out of where the keys stand, the only one that is offered. What replaces something comes
 * where nothing else is left; what makes a new identity comes last.
 */
export function repairFor(facts: KeyFacts): KeyRepairs {
  switch (deriveKeyState(facts)) {
    case 'unknown':
      return only('try_again');
    case 'ready':
      return only(null);
    case 'uploading':
      return only('upload_now');
    case 'needs_setup':
      return only('setup');
    case 'needs_restore':
      return { repair: restoring(facts), otherwise: 'verify' };
    case 'needs_verification':
      return verifying;
    case 'secrets_incomplete':
      return completing(facts);
    case 'disabled_by_user':
      return facts.backup === 'absent' ? withoutBackup(facts) : only('switch_on');
    case 'backup_changed':
    case 'backup_untrusted':
      return facts.backup === 'absent' ? withoutBackup(facts) : withClosedBackup(facts);
    case 'reset_required':
      return resetting(facts);
  }
}

const only = (repair: KeyRepair | null): KeyRepairs => ({ repair, otherwise: null });

const verifying: KeyRepairs = { repair: 'verify', otherwise: 'reset_everything' };

/** A restore takes a backup that the key opens; where there is none, there is one to be made. */
function restoring(facts: KeyFacts): KeyRepair {
  return facts.backup === 'present' && opensBackup(facts) ? 'restore' : 'complete';
}

/** Another backup takes the recovery key, or everything from the start. */
function withoutBackup(facts: KeyFacts): KeyRepairs {
  if (facts.storage === 'absent') {
    if (facts.identity === 'absent' || facts.identityKeysHere) return only('setup');
    return verifying;
  }
  if (!hasRecoveryKey(facts)) {
    return facts.identity === 'unverified' ? verifying : only('reset_everything');
  }
  return mayBeVerified(facts) ? { repair: 'complete', otherwise: 'reset_everything' } : verifying;
}

function withClosedBackup(facts: KeyFacts): KeyRepairs {
  if (opensBackup(facts)) return { repair: 'complete', otherwise: 'reset_everything' };
  if (facts.identity === 'unverified') {
    return holdsIdentity(facts) ? { repair: 'complete', otherwise: 'verify' } : verifying;
  }
  return resetting(facts);
}

/** Something that a recovery needs is not in storage, or not here. */
function completing(facts: KeyFacts): KeyRepairs {
  if (facts.backup === 'absent') return withoutBackup(facts);
  if (facts.backupTrust !== 'readable') {
    // One of the account's devices made the backup: it may send the key.
    return { repair: 'verify', otherwise: resetting(facts).repair };
  }
  if (!hasRecoveryKey(facts)) {
    if (facts.identityKeysHere && facts.identity === 'verified') return only('new_key');
    return facts.identity === 'verified' ? verifying : only('reset_everything');
  }
  const identityIsElsewhere =
    facts.identity === 'verified' && !facts.identityKeysHere && !holdsIdentity(facts);
  if (identityIsElsewhere) return verifying;
  const mayMakeKey = facts.identity === 'verified' && facts.identityKeysHere;
  return { repair: 'complete', otherwise: mayMakeKey ? 'new_key' : 'reset_everything' };
}

/** A new backup takes a verified device and a secret storage to keep its key in. */
function resetting(facts: KeyFacts): KeyRepairs {
  const identityIsFine = facts.identity === 'verified' && hasRecoveryKey(facts);
  return identityIsFine
    ? { repair: 'reset_backup', otherwise: 'reset_everything' }
    : only('reset_everything');
}

/** With the recovery key alone: it brings the identity, or the identity is here or not made yet. */
function mayBeVerified(facts: KeyFacts): boolean {
  return facts.identity !== 'unverified' || facts.identityKeysHere || holdsIdentity(facts);
}
