import { describe, expect, it } from 'vitest';
import { KeyDemands, type KeysNow } from '../../../main/engine/keys/health/key-demand';
import { deriveKeyState } from '../../../main/engine/keys/health/derive-key-state';
import { repairFor } from '../../../main/engine/keys/repair/repair-for';
import type { KeyDemand, KeyState } from '../../../preload/model/keys';
import { allFacts } from './key-facts';
import { memoryRecords } from '../../support/memory-records';

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
  const byState: Readonly<Record<KeyState, readonly (KeyDemand | null)[]>> = {
    unknown: [null],
    ready: [null],
    uploading: [null],
    needs_setup: ['setup'],
    needs_restore: ['repair', 'restore'],
    needs_verification: ['repair'],
    backup_changed: ['repair', 'setup'],
    backup_untrusted: ['repair'],
    secrets_incomplete: ['repair'],
    disabled_by_user: ['repair', 'setup'],
    reset_required: ['repair'],
  };

  it.each(Object.entries(byState))('in the state %s is one of %j', (state, demanded) => {
    const found = new Set<KeyDemand | null>();
    for (const facts of allFacts().filter((each) => deriveKeyState(each) === state)) {
      const required = demands();
      const { repair } = repairFor(facts);
      required.note({ state: state as KeyState, repair, verified: true });
      found.add(required.current);
      // What nobody knows yet is no permission; what is known to be in order is one.
      const met = state === 'ready' || state === 'uploading';
      if (met) required.requireMet();
      else expect(() => required.requireMet()).toThrow(refused('policy_required'));
      const asked = repair === 'setup' || repair === 'restore' ? repair : 'repair';
      if (required.current !== null) expect(required.current).toBe(asked);
    }
    expect([...found].sort()).toEqual([...demanded].sort());
  });

  it('is what it was while nothing is known', () => {
    for (const [now, demand] of [
      [ready, null],
      [needsSetup, 'setup'],
      [{ state: 'secrets_incomplete', repair: 'complete', verified: true }, 'repair'],
    ] as const) {
      const required = demands();
      required.note(now);
      required.note(offline);
      expect(required.current).toBe(demand);
    }
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
