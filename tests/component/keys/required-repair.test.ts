import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import MainView from '../../../renderer/features/frame/MainView.svelte';
import RequiredRepair from '../../../renderer/features/key-health/RequiredRepair.svelte';
import { en } from '../../../renderer/i18n/en';
import { account } from '../fixtures';
import { services, show, type Shown } from '../show';
import { healthIn } from './health-in';
import { keyTransport } from './key-scenes';
import { heading, keys, press } from './person';

function required(): Shown {
  const fake = keyTransport({ keys: { state: 'reset_required', demand: 'repair' } });
  const shown = services(fake);
  shown.deps.flows.open('repair');
  return show(RequiredRepair, {}, shown);
}

describe('required key backup that is broken', () => {
  test('says how the keys are, and offers the way out and signing out, nothing else', async () => {
    const shown = required();
    await heading(keys.health.title);
    screen.getByText(keys.health.states.reset_required.title);
    screen.getByText(keys.setup.required);
    screen.getByRole('heading', { name: keys.facts.title, level: 2 });
    await press(en.keys.repair.buttons.reset_backup);
    expect(shown.deps.flows.current).toBe('reset_backup');
  });

  test('leads to signing out', async () => {
    const shown = required();
    await press(keys.signOut.signOut);
    expect(shown.deps.flows.current).toBe('sign_out');
  });

  test.each([
    ['complete', keys.repair.complete.title],
    ['new_key', keys.change.newKey.title],
    ['reset_backup', keys.change.resetBackup.title],
  ] as const)('is come back to from a repair that is cancelled: %s', async (repair, title) => {
    const fake = keyTransport({
      keys: { state: 'secrets_incomplete', demand: 'repair', repair, otherwise: null },
    }).publish('rooms', { reset: true, upsert: [], remove: [] });
    show(MainView, { account }, services(fake));
    await press(keys.repair.buttons[repair]);
    await heading(title);
    await press(en.common.cancel);
    await heading(keys.health.title);
    screen.getByText(keys.setup.required);
    await press(keys.signOut.signOut);
    await screen.findByRole('alertdialog');
  });

  test('is over once the backup is whole', async () => {
    const shown = required();
    await heading(keys.health.title);
    shown.fake.publish('keys', { ...healthIn('ready'), demand: null });
    await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
  });
});
