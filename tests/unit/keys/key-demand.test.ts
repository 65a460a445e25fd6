import { describe, expect, it } from 'vitest';
import { KeyDemands, type KeysNow } from '../../../main/engine/keys/health/key-demand';
import { memoryRecords } from './memory-records';

const keys = { setupRequired: true, methods: ['key'] } as const;
const needsSetup: KeysNow = { state: 'needs_setup', repair: 'setup', verified: true };
const ready: KeysNow = { state: 'ready', repair: null, verified: true };
const offline: KeysNow = { state: 'unknown', repair: 'try_again', verified: null };

function demands(records = memoryRecords(), required = true, verification = false, device = 'A') {
  return new KeyDemands(records, device, () => ({
    keys: { ...keys, setupRequired: required },
    verification,
  }));
}
const refused = (code: string): unknown => expect.objectContaining({ code });

describe('what is required first', () => {
  it.each([
    [needsSetup, 'setup'],
    [{ state: 'needs_restore', repair: 'restore', verified: false }, 'restore'],
    [{ state: 'disabled_by_user', repair: 'setup', verified: true }, 'setup'],
    [{ state: 'disabled_by_user', repair: 'complete', verified: true }, 'restore'],
    [ready, null],
    [{ state: 'backup_changed', repair: 'complete', verified: true }, null],
  ] as const)('of %j is %s', (now, demand) => {
    const required = demands();
    required.note(now);
    expect(required.current).toBe(demand);
    if (demand === null) required.requireMet();
    else expect(() => required.requireMet()).toThrow(refused('policy_required'));
  });

  it('is not lifted by going offline, nor by a restart without a connection', () => {
    const records = memoryRecords();
    demands(records).note(needsSetup);
    const restarted = demands(records);
    restarted.note(offline);
    expect(restarted.current).toBe('setup');
    expect(() => restarted.requireMet()).toThrow(refused('policy_required'));
  });

  it('is not known to be met before anything was told, nor by what another device has done', () => {
    expect(() => demands().requireMet()).toThrow(refused('policy_required'));
    const records = memoryRecords();
    demands(records).note(ready);
    expect(() => demands(records, true, false, 'B').requireMet()).toThrow(
      refused('policy_required'),
    );
  });

  it('asks nothing of anybody where nothing is required', () => {
    const free = demands(memoryRecords(), false);
    free.note(needsSetup);
    expect(free.current).toBeNull();
    free.requireMet();
  });

  it('can be a verified device', () => {
    const required = demands(memoryRecords(), false, true);
    expect(() => required.requireMet()).toThrow(refused('verify_own_first'));
    required.note({ state: 'needs_verification', repair: 'verify', verified: false });
    expect(() => required.requireMet()).toThrow(refused('verify_own_first'));
    required.note(ready);
    required.requireMet();
  });
});
