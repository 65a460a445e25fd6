import { describe, expect, it } from 'vitest';
import { deriveKeyState } from '../../../main/engine/keys/health/derive-key-state';
import type { KeyFacts } from '../../../main/engine/keys/health/key-facts';
import type { KeyState } from '../../../preload/model/keys';
import { allFacts, allReady, nothingYet } from './key-facts';

describe('the state of an account’s keys', () => {
  it.each<[KeyState, string, KeyFacts]>([
    ['ready', 'everything is there and uploaded', allReady],
    ['uploading', 'keys wait for upload', { ...allReady, pendingKeys: 7 }],
    ['unknown', 'the keys could not be counted', { ...allReady, pendingKeys: null }],
    ['uploading', 'a replaced backup is still to be read', { ...allReady, oldBackupWaits: true }],
    ['needs_setup', 'a new account', nothingYet],
    [
      'needs_setup',
      'an identity made here, and nothing else',
      { ...nothingYet, identity: 'verified', identityKeysHere: true },
    ],
    [
      'needs_setup',
      'an identity published from here that did not get to sign this device',
      { ...nothingYet, identity: 'unverified', identityKeysHere: true },
    ],
    [
      'needs_restore',
      'a new device of an account with everything',
      { ...allReady, backupTrust: 'untrusted', identity: 'unverified', identityKeysHere: false },
    ],
    [
      'needs_restore',
      'a verified device that lacks the backup’s key',
      { ...allReady, backupTrust: 'trusted', identityKeysHere: false },
    ],
    [
      'needs_verification',
      'a new device of an account with an identity alone',
      { ...nothingYet, identity: 'unverified' },
    ],
    [
      'needs_verification',
      'a backup whose key only other devices have',
      { ...allReady, backupTrust: 'untrusted', storage: 'absent', identity: 'unverified' },
    ],
    [
      'backup_changed',
      'another device replaced the backup',
      { ...allReady, backupTrust: 'untrusted', backupReplaced: true },
    ],
    [
      'backup_changed',
      'the backup this device used is gone',
      { ...allReady, backup: 'absent', backupTrust: 'untrusted', backupReplaced: true },
    ],
    ['ready', 'a replaced backup whose key came here', { ...allReady, backupReplaced: true }],
    [
      'backup_untrusted',
      'a backup that nobody here vouches for',
      { ...allReady, backupTrust: 'untrusted', storage: 'identity_only' },
    ],
    [
      'backup_untrusted',
      'one that only the recovery key could prove',
      { ...allReady, backupTrust: 'untrusted' },
    ],
    [
      'reset_required',
      'one that the recovery key did not prove',
      { ...allReady, backupTrust: 'untrusted', storedKeyMisfits: true },
    ],
    [
      'reset_required',
      'one that took the place of ours, and that the recovery key did not prove',
      { ...allReady, backupTrust: 'untrusted', backupReplaced: true, storedKeyMisfits: true },
    ],
    [
      'secrets_incomplete',
      'storage holds the key of another backup',
      { ...allReady, storedKeyMisfits: true },
    ],
    [
      'secrets_incomplete',
      'another device made the backup and did not store its key',
      { ...allReady, backupTrust: 'trusted', storedKeyMisfits: true },
    ],
    [
      'secrets_incomplete',
      'storage lacks the backup’s key',
      { ...allReady, storage: 'identity_only' },
    ],
    [
      'secrets_incomplete',
      'storage lacks the identity',
      { ...allReady, storage: 'backup_key_only' },
    ],
    ['secrets_incomplete', 'no storage at all', { ...allReady, storage: 'absent' }],
    [
      'secrets_incomplete',
      'a setup that was cut off before the backup',
      { ...allReady, backup: 'absent', backupTrust: 'untrusted' },
    ],
    [
      'secrets_incomplete',
      'the storage’s key is not understood',
      { ...allReady, storage: 'not_understood' },
    ],
    [
      'secrets_incomplete',
      'no backup, and a storage that is not understood: not a new account',
      { ...allReady, backup: 'absent', backupTrust: 'untrusted', storage: 'not_understood' },
    ],
    [
      'reset_required',
      'a backup that is not understood',
      { ...allReady, backupTrust: 'not_understood' },
    ],
    [
      'needs_restore',
      'the same, on a device that the recovery key makes a verified one',
      { ...allReady, backupTrust: 'not_understood', identity: 'unverified' },
    ],
    ['disabled_by_user', 'switched off', { ...nothingYet, disabledByUser: true }],
    [
      'reset_required',
      'a backup that nobody can open any more',
      { ...nothingYet, backup: 'present' },
    ],
  ])('is %s: %s', (state, _why, facts) => {
    expect(deriveKeyState(facts)).toBe(state);
  });
});

describe('over all combinations of facts', () => {
  const all = allFacts();

  it('there are as many as the facts allow', () => {
    expect(all).toHaveLength(3 * 4 * 2 * 7 * 2 * 4 * 2 * 2 * 3 * 2);
  });

  it('what is not known leads to nothing but “unknown” (I2)', () => {
    for (const facts of all) {
      const notKnown =
        facts.backup === 'unknown' || facts.storage === 'unknown' || facts.identity === 'unknown';
      if (notKnown) expect(deriveKeyState(facts)).toBe('unknown');
    }
  });

  it('“ready” is said only of an account that can be recovered from the server alone', () => {
    for (const facts of all.filter((each) => deriveKeyState(each) === 'ready')) {
      expect(facts).toMatchObject({
        backup: 'present',
        backupTrust: 'readable',
        storage: 'complete',
        storedKeyMisfits: false,
        pendingKeys: 0,
        oldBackupWaits: false,
      });
      expect(['verified', 'absent']).toContain(facts.identity);
    }
  });

  it('setup is offered only where it can destroy nothing', () => {
    for (const facts of all.filter((each) => deriveKeyState(each) === 'needs_setup')) {
      expect(facts).toMatchObject({ backup: 'absent', storage: 'absent' });
      expect(facts.identity === 'absent' || facts.identityKeysHere).toBe(true);
    }
  });

  it('restoring is offered only where the recovery key opens something', () => {
    for (const facts of all.filter((each) => deriveKeyState(each) === 'needs_restore')) {
      expect(['identity_only', 'backup_key_only', 'complete']).toContain(facts.storage);
    }
  });

  it('“switched off” is said only where there is no backup, or this device could use it', () => {
    for (const facts of all.filter((each) => deriveKeyState(each) === 'disabled_by_user')) {
      expect(facts.disabledByUser).toBe(true);
      expect(facts.backup === 'absent' || facts.backupTrust === 'readable').toBe(true);
    }
  });

  it('every state but none beyond the list occurs', () => {
    const states = new Set(all.map(deriveKeyState));
    expect([...states].sort()).toEqual(
      [
        'backup_changed',
        'backup_untrusted',
        'disabled_by_user',
        'needs_restore',
        'needs_setup',
        'needs_verification',
        'ready',
        'reset_required',
        'secrets_incomplete',
        'unknown',
        'uploading',
      ].sort(),
    );
  });
});
