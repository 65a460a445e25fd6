import { describe, expect, it } from 'vitest';
import { deriveKeyState } from '../../../main/engine/keys/health/derive-key-state';
import type { KeyFacts } from '../../../main/engine/keys/health/key-facts';
import { repairFor } from '../../../main/engine/keys/repair/repair-for';
import type { KeyRepair } from '../../../preload/model/key-repair';
import { allFacts, allReady, nothingYet } from './key-facts';

const closed: KeyFacts = { ...allReady, backupTrust: 'untrusted' };
const fresh: KeyFacts = { ...closed, identity: 'unverified', identityKeysHere: false };

describe('the least destructive repair', () => {
  it.each<[KeyRepair | null, string, KeyFacts]>([
    [null, 'everything is in order', allReady],
    ['try_again', 'the server said nothing', { ...allReady, backup: 'unknown' }],
    ['upload_now', 'keys wait', { ...allReady, pendingKeys: 3 }],
    ['upload_now', 'a replaced backup is still to be read', { ...allReady, oldBackupWaits: true }],
    ['setup', 'a new account', nothingYet],
    ['setup', 'switched off, nothing there', { ...nothingYet, disabledByUser: true }],
    [
      'complete',
      'switched off, storage is still there',
      { ...closed, backup: 'absent', disabledByUser: true },
    ],
    [
      'verify',
      'switched off, and only another device could verify this one',
      { ...nothingYet, identity: 'unverified', disabledByUser: true },
    ],
    ['restore', 'a new device with a recovery key', fresh],
    [
      'complete',
      'a new device; the recovery key verifies it, but opens no backup',
      { ...fresh, storage: 'identity_only' },
    ],
    [
      'complete',
      'a new device; the recovery key verifies it, and there is no backup',
      { ...fresh, backup: 'absent' },
    ],
    ['verify', 'a new device without a secret storage', { ...fresh, storage: 'absent' }],
    ['complete', 'another device replaced the backup', { ...closed, backupReplaced: true }],
    [
      'complete',
      'another device deleted the backup',
      { ...closed, backup: 'absent', backupReplaced: true },
    ],
    [
      'reset_backup',
      'the backup was replaced, and storage has no key to one',
      { ...closed, backupReplaced: true, storage: 'identity_only' },
    ],
    ['complete', 'nobody vouches for the backup', closed],
    [
      'reset_backup',
      'the recovery key did not prove the backup',
      { ...closed, storedKeyMisfits: true },
    ],
    [
      'verify',
      'another device made the backup, and did not store its key',
      { ...allReady, backupTrust: 'trusted', storage: 'identity_only' },
    ],
    ['switch_on', 'switched off, and usable', { ...allReady, disabledByUser: true }],
    ['complete', 'storage lacks the backup’s key', { ...allReady, storage: 'identity_only' }],
    ['complete', 'storage holds another backup’s key', { ...allReady, storedKeyMisfits: true }],
    [
      'verify',
      'storage lacks the identity, and so does this device',
      { ...allReady, storage: 'backup_key_only', identityKeysHere: false },
    ],
    ['new_key', 'no storage, and everything is here', { ...allReady, storage: 'absent' }],
    [
      'new_key',
      'a storage that is not understood, and everything is here',
      { ...allReady, storage: 'not_understood' },
    ],
    [
      'verify',
      'a storage that is not understood, and the identity’s keys are elsewhere',
      { ...allReady, storage: 'not_understood', identityKeysHere: false },
    ],
    [
      'reset_everything',
      'a storage that is not understood, and no backup',
      { ...closed, backup: 'absent', storage: 'not_understood' },
    ],
    [
      'reset_backup',
      'a backup that is not understood',
      { ...allReady, backupTrust: 'not_understood' },
    ],
    [
      'complete',
      'a backup that is not understood, on a new device',
      { ...fresh, backupTrust: 'not_understood' },
    ],
    [
      'complete',
      'an account from before there were identities',
      { ...allReady, storage: 'backup_key_only', identity: 'absent', identityKeysHere: false },
    ],
    ['reset_everything', 'nothing could open the backup', { ...nothingYet, backup: 'present' }],
  ])('is %s: %s', (repair, _why, facts) => {
    expect(repairFor(facts).repair).toBe(repair);
  });
});

describe('over all combinations of facts', () => {
  const all = allFacts();
  const repairedBy = (repair: KeyRepair): KeyFacts[] =>
    all.filter((facts) => repairFor(facts).repair === repair);

  it('there is one in every state but “ready”', () => {
    for (const facts of all) {
      expect(repairFor(facts).repair === null).toBe(deriveKeyState(facts) === 'ready');
    }
  });

  it('what is not known leads to nothing but another question (I2)', () => {
    for (const facts of all.filter((each) => deriveKeyState(each) === 'unknown')) {
      expect(repairFor(facts)).toEqual({ repair: 'try_again', otherwise: null });
    }
  });

  it('setup comes only where it can destroy nothing, and is not refused', () => {
    for (const facts of repairedBy('setup')) {
      expect(facts).toMatchObject({ backup: 'absent', storage: 'absent' });
      expect(facts.identity === 'absent' || facts.identityKeysHere).toBe(true);
    }
  });

  it('a restore comes only where the key opens the backup', () => {
    for (const facts of repairedBy('restore')) {
      expect(facts).toMatchObject({ backup: 'present', storedKeyMisfits: false });
      expect(['backup_key_only', 'complete']).toContain(facts.storage);
    }
  });

  it('the recovery key is asked for only where there is one', () => {
    for (const repair of ['complete', 'restore', 'reset_backup'] as const) {
      for (const { storage } of repairedBy(repair)) {
        expect(['absent', 'not_understood']).not.toContain(storage);
      }
    }
  });

  it('a new backup comes only where this device, and its key, do not open the present one', () => {
    for (const facts of repairedBy('reset_backup')) {
      expect(facts).toMatchObject({ backup: 'present', identity: 'verified' });
      const isUnderstood = facts.backupTrust !== 'not_understood';
      if (isUnderstood) expect(facts.backupTrust).toBe('untrusted');
      const opened = facts.storage === 'complete' || facts.storage === 'backup_key_only';
      expect(opened && !facts.storedKeyMisfits && isUnderstood).toBe(false);
    }
  });

  it('a new recovery key comes only from a device that has everything', () => {
    for (const facts of repairedBy('new_key')) {
      expect(facts).toMatchObject({
        backupTrust: 'readable',
        identity: 'verified',
        identityKeysHere: true,
      });
    }
  });

  it('a new identity comes only where no key and no other device could help', () => {
    for (const facts of repairedBy('reset_everything')) {
      // No device of an account without an identity is known to be its own; and nothing here or in
      // storage opens what there is.
      const noKey = facts.storage === 'absent' || facts.storage === 'not_understood';
      expect(facts.identity === 'absent' || noKey).toBe(true);
      expect(facts.identity).not.toBe('unverified');
      const opens = facts.backupTrust === 'readable' || facts.backupTrust === 'trusted';
      const backedUp = facts.backup === 'present' && opens;
      expect(facts.identity === 'verified' && backedUp).toBe(false);
      // Where there is no backup, nothing but a storage that is there stands in a setup's way.
      if (facts.backup === 'absent') expect(facts.storage).toBe('not_understood');
    }
  });

  it('every repair there is comes first somewhere', () => {
    const repairs = new Set(all.map((facts) => repairFor(facts).repair));
    expect(repairs.size).toBe(11);
  });
});
