import { screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { KeyHealth } from '../../../preload/model/keys';
import { isLocked } from '../../../renderer/features/key-change/key-actions';
import SwitchOff from '../../../renderer/features/key-change/SwitchOff.svelte';
import { failure } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { keyTransport } from '../keys/key-scenes';
import { errors, heading, keys, press, words } from '../keys/person';
import { services, show, type Shown } from '../show';

const t = keys.lastResorts.off;

function asked(health: Partial<KeyHealth>, answer: () => void): Shown & { left: () => number } {
  const shown = services(keyTransport({ keys: health }));
  shown.fake.answer({ 'backup.switchOff': answer });
  let left = 0;
  show(SwitchOff, { onleave: () => (left += 1) }, shown);
  return { ...shown, left: () => left };
}

describe('switching the key backup off', () => {
  test('says in numbers what stays and what is on this device alone, before it is done', async () => {
    const { fake } = asked({ backedUpKeys: 412, pendingKeys: 3 }, () => undefined);
    await heading(t.title);
    for (const text of [t.stays(412), t.copy, t.again, t.pending(3), t.newKeys, t.warned]) {
      await screen.findByText(text);
    }
    expect(fake.callsOf('backup.switchOff')).toEqual([]);
  });

  test('speaks of no waiting keys where none waits', async () => {
    asked({ backedUpKeys: 412, pendingKeys: 0 }, () => undefined);
    await screen.findByText(t.stays(412));
    expect(screen.queryByText(t.pending(0))).toBeNull();
  });

  test('is done once, and leads back', async () => {
    const { fake, left } = asked({}, () => undefined);
    await press(t.off);
    await expect.poll(left).toBe(1);
    expect(fake.callsOf('backup.switchOff')).toHaveLength(1);
  });

  test('leaves it on', async () => {
    const { fake, left } = asked({}, () => undefined);
    await press(t.keep);
    expect(left()).toBe(1);
    expect(fake.callsOf('backup.switchOff')).toEqual([]);
  });

  test.each(['policy_required', 'not_allowed', 'offline'] as const)(
    'that fails with %s stays, says so, and can be repeated',
    async (code) => {
      let fails = true;
      const { fake, left } = asked({}, () => {
        if (fails) throw failure(code);
      });
      await press(t.off);
      await screen.findByText(errors[code]({}, words));
      expect(left()).toBe(0);
      fails = false;
      await press(t.off);
      await expect.poll(left).toBe(1);
      expect(fake.callsOf('backup.switchOff')).toHaveLength(2);
    },
  );

  test('is locked where key backup is required', () => {
    const required = { ...keyHealth.policy, setupRequired: true };
    expect(isLocked('switch_off', keyHealth)).toBe(false);
    expect(isLocked('switch_off', { ...keyHealth, policy: required })).toBe(true);
  });
});
