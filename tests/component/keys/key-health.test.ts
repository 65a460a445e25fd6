import { cleanup, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { KeyState } from '../../../preload/model/keys';
import KeyHealth from '../../../renderer/features/key-backup/KeyHealth.svelte';
import KeyHealthBanner from '../../../renderer/features/key-backup/KeyHealthBanner.svelte';
import { keyOutlooks } from '../../../renderer/features/key-backup/key-light';
import KeyReminder from '../../../renderer/features/key-backup/KeyReminder.svelte';
import { en } from '../../../renderer/i18n/en';
import { account, keyHealth } from '../fixtures';
import SettingsDialog from '../../../renderer/features/settings/SettingsDialog.svelte';
import { services, show, type Shown } from '../show';
import { keyTransport, type KeyScene } from './key-scenes';
import { heading, keys, press } from './person';

const states = Object.keys(keyOutlooks) as KeyState[];

describe('key health', () => {
  test.each(states)('says %s in plain words with one way out at most', (state) => {
    show(KeyHealth, { health: { ...keyHealth, state }, onrepair: () => undefined });
    screen.getByText(keys.health.states[state].title);
    screen.getByText(keys.health.states[state].text);
    expect(screen.queryAllByRole('button')).toHaveLength(
      keyOutlooks[state].repair === null ? 0 : 1,
    );
    const verify = screen.queryByRole('button', { name: en.verification.withDevice });
    expect(verify !== null).toBe(state === 'needs_verification');
  });

  test('reopens the storage a switched-off backup left behind, and sets up where none is', async () => {
    const repairs: string[] = [];
    const onrepair = (repair: string): void => void repairs.push(repair);
    const health = { ...keyHealth, state: 'disabled_by_user', backupVersion: null } as const;
    const { fake, deps } = services();
    show(KeyHealth, { health: { ...health, phraseKnown: true }, onrepair }, { fake, deps });
    await press(keys.health.unlock);
    cleanup();
    show(KeyHealth, { health: { ...health, phraseKnown: false }, onrepair }, { fake, deps });
    await press(keys.health.setUp);
    expect(repairs).toEqual(['restore', 'setup']);
  });

  test('stands in the settings, and leads from there to the repair', async () => {
    const shown = services(keyTransport({ keys: { state: 'needs_restore' } }));
    show(SettingsDialog, { open: true, account }, shown);
    await heading(keys.health.title);
    screen.getByText(keys.health.states.needs_restore.title);
    await press(keys.health.unlock);
    expect(shown.deps.flows.current).toBe('restore');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('does not pass off the unknown as a number', () => {
    const health = { ...keyHealth, state: 'unknown', pendingKeys: null } as const;
    show(KeyHealth, { health, onrepair: () => undefined });
    screen.getByText(keys.health.notKnown);
  });

  test('opens from its line in the sidebar and leads to the repair', async () => {
    const shown = banner({ keys: { state: 'needs_setup' } });
    await press(new RegExp(keys.health.states.needs_setup.title));
    await heading(keys.health.title);
    await press(keys.health.setUp);
    expect(shown.deps.flows.current).toBe('setup');
  });

  test('shows a restore in the background, and its end', async () => {
    const shown = banner({ keys: { state: 'needs_restore' } });
    shown.fake.publish('restore', { step: 'restoring', done: 5, total: 10, timeLeftMs: null });
    await screen.findByText('5 of 10');
    shown.fake.publish('restore', {
      step: 'done',
      imported: 10,
      total: 10,
      failed: 0,
      failedRooms: [],
    });
    await press(keys.restore.doneTitle);
    expect(shown.deps.flows.current).toBe('restore');
  });
});

describe('the reminder', () => {
  test('of a switched-off backup leads where the way out is', async () => {
    const off = { state: 'disabled_by_user', reminder: { due: true } } as const;
    const shown = reminder({ keys: { ...off, phraseKnown: true } });
    await press(keys.reminder.restoreAction);
    expect(shown.deps.flows.current).toBe('restore');
  });

  test('comes when it is due, and can be put off', async () => {
    const shown = reminder({
      keys: { state: 'needs_setup', encryptedRooms: 6, reminder: { due: true } },
    });
    screen.getByText(keys.reminder.setUp(6));
    shown.fake.answer({ 'reminder.snooze': () => undefined });
    await press(keys.reminder.later);
    expect(shown.fake.callsOf('reminder.snooze')).toHaveLength(1);
  });

  test('leads to the setup, and is gone meanwhile', async () => {
    const shown = reminder({ keys: { state: 'needs_setup', reminder: { due: true } } });
    await press(keys.reminder.setUpAction);
    expect(shown.deps.flows.current).toBe('setup');
    await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
  });

  test('can’t be put off where the institution requires key backup', () => {
    reminder({
      keys: {
        state: 'needs_setup',
        reminder: { due: true },
        policy: { setupRequired: true, methods: ['key'] },
      },
    });
    expect(screen.queryByRole('button', { name: keys.reminder.later })).toBeNull();
  });

  test.each(['ready', 'uploading', 'unknown'] as const)('keeps quiet when keys are %s', (state) => {
    reminder({ keys: { state, reminder: { due: true } } });
    expect(screen.queryByRole('region')).toBeNull();
  });

  test('keeps quiet while keys are being restored', async () => {
    const shown = reminder({ keys: { state: 'needs_restore', reminder: { due: true } } });
    screen.getByText(keys.reminder.restore);
    shown.fake.publish('restore', { step: 'restoring', done: 5, total: 10, timeLeftMs: null });
    await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
  });
});

function banner(scene: KeyScene): Shown {
  return show(KeyHealthBanner, {}, services(keyTransport(scene)));
}

function reminder(scene: KeyScene): Shown {
  return show(KeyReminder, {}, services(keyTransport(scene)));
}
