import { describe, expect, it } from 'vitest';
import { deviceSignOutRisk } from '../../../main/engine/devices/device-sign-out-risk';
import type { KeyState, RestoreState } from '../../../preload/model/keys';

const idle: RestoreState = { step: 'idle' };
const obstacle = (
  state: KeyState,
  pendingKeys: number | null = 0,
  restore: RestoreState = idle,
): string | null =>
  deviceSignOutRisk({ state, pendingKeys, encryptedRooms: 3, safe: false }, restore).obstacle;

describe('whether this device needs the others', () => {
  it.each([
    ['ready', null],
    ['unknown', 'unknown'],
    ['uploading', 'keys_pending'],
    ['needs_setup', 'no_backup'],
    ['disabled_by_user', 'no_backup'],
    ['needs_restore', 'not_restored'],
    ['needs_verification', 'not_verified'],
    ['backup_changed', 'backup_broken'],
    ['backup_untrusted', 'backup_broken'],
    ['secrets_incomplete', 'backup_broken'],
    ['reset_required', 'backup_broken'],
  ] as const)('%s: %s', (state, expected) => {
    expect(obstacle(state)).toBe(expected);
  });

  it('takes no unknown and no waiting key for safe', () => {
    expect(obstacle('ready', null)).toBe('unknown');
    expect(obstacle('ready', 1)).toBe('keys_pending');
  });

  it('needs them as long as keys are being restored', () => {
    const restoring = [
      { step: 'checking' },
      { step: 'restoring', done: 1, total: 2, timeLeftMs: null },
      { step: 'paused', done: 1, total: 2 },
      { step: 'interrupted', done: 1, total: 2 },
    ] as const;
    for (const restore of restoring) expect(obstacle('ready', 0, restore)).toBe('restoring');
    const done = { step: 'done', imported: 2, total: 2, failed: 0, failedRooms: [] } as const;
    expect(obstacle('ready', 0, done)).toBeNull();
  });
});
