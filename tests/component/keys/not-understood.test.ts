import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import KeyHealth from '../../../renderer/features/key-health/KeyHealth.svelte';
import KeyHealthBanner from '../../../renderer/features/key-health/KeyHealthBanner.svelte';
import KeyReminder from '../../../renderer/features/key-health/KeyReminder.svelte';
import { services, show } from '../show';
import { notUnderstood } from './health-in';
import { keyTransport } from './key-scenes';
import { keys, press } from './person';

const t = keys.health.notUnderstood;
const onleave = (): void => undefined;

describe('what is made in a way that this version does not know', () => {
  test.each([
    ['storage', 'secrets_incomplete', 'new_key'],
    ['backup', 'reset_required', 'reset_backup'],
    ['both', 'secrets_incomplete', 'verify'],
  ] as const)('is not called broken: %s; updating comes first', (what, state, repair) => {
    show(KeyHealth, { health: notUnderstood(what, state, { repair, otherwise: null }), onleave });
    screen.getByText(t.title);
    expect(screen.queryByText(keys.health.states[state].title)).toBeNull();
    screen.getByText(`${t[what]} ${t.otherwise} ${keys.repair.ways[repair]}`);
    const way = screen.getByRole('button', { name: keys.repair.buttons[repair] });
    expect(way.className).not.toContain('primary');
  });

  test('is said beside a state that has another reason', () => {
    show(KeyHealth, { health: notUnderstood('storage', 'needs_verification'), onleave });
    const { title, text } = keys.health.states.needs_verification;
    screen.getByText(title);
    screen.getByText(`${text} ${t.storage} ${keys.repair.ways.verify}`);
    const way = screen.getByRole('button', { name: keys.repair.buttons.verify });
    expect(way.className).toContain('primary');
  });

  test('has a line of its own among the facts, which claims nothing', () => {
    show(KeyHealth, { health: notUnderstood('both', 'secrets_incomplete'), onleave });
    const { storageNotUnderstood, backupNotUnderstood, storageEmpty, opensKey } = keys.facts;
    screen.getByText(storageNotUnderstood);
    screen.getByText(backupNotUnderstood);
    expect(screen.queryByText(storageEmpty)).toBeNull();
    expect(screen.queryByText(opensKey)).toBeNull();
  });

  test('has the same words in the sidebar and in the reminder', async () => {
    const health = notUnderstood('backup', 'reset_required', { reminder: { due: true } });
    const shown = show(KeyHealthBanner, {}, services(keyTransport({ keys: health })));
    await screen.findByText(t.title);
    show(KeyReminder, {}, shown);
    screen.getByRole('region', { name: t.title });
    screen.getByText(t.backup);
    await press(keys.repair.buttons.reset_backup);
    await waitFor(() => expect(shown.deps.flows.current).toBe('reset_backup'));
  });
});
