import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { Drill } from '../../../preload/model/drill';
import CheckKey from '../../../renderer/features/drill/CheckKey.svelte';
import DrillReminder from '../../../renderer/features/drill/DrillReminder.svelte';
import DrillSettings from '../../../renderer/features/drill/DrillSettings.svelte';
import { failure } from '../fake-transport';
import { services, show } from '../show';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { keyTransport } from '../keys/key-scenes';
import { errors, heading, keys, press, type, words } from '../keys/person';

const t = keys.drill;
const recoveryKey = encodeRecoveryKey(new Uint8Array(32).fill(9));
const overdue: Drill = { due: true, checkedAt: null, possible: true };

describe('the reminder to check the recovery key', () => {
  test('leads to the check', async () => {
    const shown = services(keyTransport().publish('drill', overdue));
    show(DrillReminder, {}, shown);
    await press(t.checkNow);
    expect(shown.deps.flows.current).toBe('check_key');
    await waitFor(() => expect(screen.queryByText(t.reminderTitle)).toBeNull());
  });

  test('can be put off', async () => {
    const fake = keyTransport().publish('drill', overdue);
    fake.answer({ 'drill.snooze': () => undefined });
    show(DrillReminder, {}, services(fake));
    await press(t.later);
    expect(fake.callsOf('drill.snooze')).toEqual([{}]);
  });

  test('does not show while keys are restored, nor before it is time', async () => {
    const fake = keyTransport().publish('drill', overdue);
    fake.publish('restore', { step: 'restoring', done: 1, total: 9, timeLeftMs: null });
    show(DrillReminder, {}, services(fake));
    expect(screen.queryByText(t.reminderTitle)).toBeNull();
    fake.publish('restore', { step: 'idle' });
    await screen.findByText(t.reminderTitle);
    fake.publish('drill', { ...overdue, due: false });
    await waitFor(() => expect(screen.queryByText(t.reminderTitle)).toBeNull());
  });
});

describe('checking the recovery key', () => {
  test('says that it works', async () => {
    const fake = keyTransport().answer({ 'drill.check': () => undefined });
    show(CheckKey, {}, services(fake));
    await type(keys.restore.entryKeyOnly, recoveryKey);
    await press(t.submit);
    await heading(t.doneTitle);
    expect(fake.callsOf('drill.check')).toEqual([{ secret: recoveryKey }]);
  });

  test('by a file is done only where one was chosen', async () => {
    const fake = keyTransport().answer({ 'drill.checkByFile': () => false });
    show(CheckKey, {}, services(fake));
    await press(keys.restore.choose);
    await heading(t.title);
    fake.answer({ 'drill.checkByFile': () => true });
    await press(keys.restore.choose);
    await heading(t.doneTitle);
  });

  test('leads to a new key where this one is wrong or lost', async () => {
    const fake = keyTransport().answer({
      'drill.check': () => {
        throw failure('key_wrong');
      },
    });
    const shown = services(fake);
    show(CheckKey, {}, shown);
    await type(keys.restore.entryKeyOnly, recoveryKey);
    await press(t.submit);
    await screen.findByText(errors.key_wrong({}, words));
    await press(t.lost);
    await heading(t.lostTitle);
    await press(t.makeNew);
    expect(shown.deps.flows.current).toBe('new_key');
    expect(shown.deps.flows.oldKeyUnsafe).toBe(true);
  });
});

test('the settings say when the key was checked', async () => {
  const fake = keyTransport().publish('drill', { ...overdue, due: false });
  show(DrillSettings, { oncheck: () => undefined }, services(fake));
  screen.getByText(t.never);
  fake.publish('drill', { due: false, checkedAt: Date.now(), possible: true });
  await screen.findByText(t.checked('today'));
});
