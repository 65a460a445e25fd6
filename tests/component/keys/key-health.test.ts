import { screen, waitFor } from '@testing-library/svelte';
import { tick } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { KeyRepair } from '../../../preload/model/key-repair';
import CompleteKeys from '../../../renderer/features/key-health/CompleteKeys.svelte';
import HelpDeskReport from '../../../renderer/features/key-health/HelpDeskReport.svelte';
import KeyHealth from '../../../renderer/features/key-health/KeyHealth.svelte';
import KeyHealthBanner from '../../../renderer/features/key-health/KeyHealthBanner.svelte';
import KeyReminder from '../../../renderer/features/key-health/KeyReminder.svelte';
import SettingsDialog from '../../../renderer/features/settings/SettingsDialog.svelte';
import { en } from '../../../renderer/i18n/en';
import { account } from '../fixtures';
import { failure } from '../fake-transport';
import { asking } from '../keys-change/moments';
import { services, show, type Shown } from '../show';
import { findings, healthIn, keyStates } from './health-in';
import { keyTransport, type KeyScene } from './key-scenes';
import { heading, keys, press, type } from './person';

const onleave = (): void => undefined;
const facts = keys.facts;

/** The words of a fact beside its name. */
const fact = (name: string): string =>
  screen.getByText(name).parentElement!.textContent.replaceAll(/\s+/gu, ' ').trim();

describe('key health', () => {
  test.each(keyStates)('says %s in plain words, with the one way out that helps', (state) => {
    const health = healthIn(state);
    show(KeyHealth, { health, onleave });
    screen.getByText(keys.health.states[state].title);
    const text = screen.getByText((words) => words.startsWith(keys.health.states[state].text));
    const { repair, otherwise } = health;
    if (repair !== null) expect(text.textContent).toContain(keys.repair.ways[repair]);
    const buttons = screen.queryAllByRole('button');
    expect(buttons).toHaveLength((repair === null ? 0 : 1) + (otherwise === null ? 0 : 1));
    if (repair !== null) expect(buttons[0]?.textContent).toContain(keys.repair.buttons[repair]);
  });

  test.each([
    ['setup', 'setup'],
    ['restore', 'restore'],
    ['complete', 'complete_keys'],
    ['new_key', 'new_key'],
    ['reset_backup', 'reset_backup'],
    ['reset_everything', 'reset_everything'],
  ] as const)('leads by %s to the flow of that repair', async (repair, flow) => {
    let left = 0;
    const leave = (): void => void (left += 1);
    const health = healthIn('backup_changed', { repair, otherwise: null });
    const { deps } = show(KeyHealth, { health, onleave: leave });
    await press(keys.repair.buttons[repair]);
    expect(deps.flows.current).toBe(flow);
    expect(left).toBe(1);
  });

  test.each([
    ['upload_now', 'repair.uploadNow'],
    ['try_again', 'repair.tryAgain'],
    ['verify', 'verification.requestOwn'],
  ] as const)('does %s in its place', async (repair: KeyRepair, call) => {
    const shown = services();
    shown.fake.answer({ [call]: () => undefined });
    show(KeyHealth, { health: healthIn('unknown', { repair, otherwise: null }), onleave }, shown);
    await press(keys.repair.buttons[repair]);
    expect(shown.fake.callsOf(call)).toHaveLength(1);
    expect(shown.deps.flows.current).toBe('none');
  });

  test('says what a repair in its place failed by', async () => {
    const shown = services();
    shown.fake.answer({ 'repair.uploadNow': () => Promise.reject(failure('offline')) });
    show(KeyHealth, { health: healthIn('uploading'), onleave }, shown);
    await press(keys.repair.buttons.upload_now);
    await waitFor(() => expect(shown.deps.toasts.current).toHaveLength(1));
  });

  test('tells the facts, each with how it stands', () => {
    show(KeyHealth, { health: healthIn('backup_changed', { phraseKnown: true }), onleave });
    expect(fact(facts.device)).toContain(`${facts.marks.good}: ${facts.verified}`);
    expect(fact(facts.storage)).toContain(facts.storageComplete);
    expect(fact(facts.storage)).toContain(facts.opensBoth);
    expect(fact(facts.backup)).toContain(`${facts.marks.danger}: ${facts.backupIs.untrusted}`);
    expect(fact(facts.backup)).toContain(facts.madeBy('Mira’s old phone'));
    expect(fact(facts.keys)).toContain('12 in the backup, 412 on this device');
    expect(fact(facts.waiting)).toContain(`${facts.marks.attention}: 412 keys`);
  });

  test('shows without a connection what was known last, and when', () => {
    show(KeyHealth, { health: healthIn('unknown', { backedUpKeys: null }), onleave });
    expect(fact(facts.backup)).toContain(facts.backupIs.readable);
    expect(fact(facts.waiting)).toContain(facts.notKnown);
    const asOf = screen.getByText(/^As of /u).textContent;
    expect(asOf).toMatch(/\d{2}:\d{2}$/u);
  });

  test('claims nothing before anything was found', () => {
    show(KeyHealth, { health: healthIn('unknown', { findings: null }), onleave });
    expect(screen.queryByText(facts.backup)).toBeNull();
    expect(screen.queryByText(/^As of /u)).toBeNull();
  });

  test('tells when the recovery key was last proved, where there is one', async () => {
    const shown = services();
    shown.fake.publish('drill', { due: false, checkedAt: null, possible: true });
    show(KeyHealth, { health: healthIn('ready', { findings }), onleave }, shown);
    expect(fact(facts.proof)).toContain(facts.notProved);
    shown.fake.publish('drill', { due: false, checkedAt: Date.now(), possible: true });
    await waitFor(() => expect(fact(facts.proof)).toMatch(/\d{2}:\d{2}$/u));
  });

  test('stands in the settings, and leads from there to the repair', async () => {
    const shown = services(keyTransport({ keys: { state: 'needs_restore' } }));
    shown.fake.answer({ 'devices.refresh': () => undefined });
    show(SettingsDialog, { open: true, account }, shown);
    await heading(keys.health.title);
    screen.getByText(keys.health.states.needs_restore.title);
    await press(keys.repair.buttons.restore);
    expect(shown.deps.flows.current).toBe('restore');
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  test('opens from its line in the sidebar and leads to the repair', async () => {
    const shown = banner({ keys: { state: 'needs_setup' } });
    await press(new RegExp(keys.health.states.needs_setup.title));
    await heading(keys.health.title);
    await press(keys.repair.buttons.setup);
    expect(shown.deps.flows.current).toBe('setup');
  });

  test('says what is wrong also beside a restore that is paused', async () => {
    const shown = banner({ keys: { state: 'backup_changed', reminder: { due: true } } });
    shown.fake.publish('restore', { step: 'paused', done: 5, total: 10 });
    await screen.findByText(keys.background.paused);
    screen.getByText(keys.health.states.backup_changed.title);
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

  test('does not call a restore with gaps complete', async () => {
    const shown = banner({ keys: { state: 'ready' } });
    const result = { imported: 8, total: 10, failed: 2, failedRooms: [] } as const;
    shown.fake.publish('restore', { step: 'done', ...result });
    await press(keys.restore.gapsTitle);
    expect(screen.queryByText(keys.restore.doneTitle)).toBeNull();
    expect(screen.getByRole('status').textContent.trim()).toBe(keys.restore.gapsTitle);
    expect(shown.deps.flows.current).toBe('restore');
  });
});

describe('completing with the recovery key', () => {
  const t = keys.repair.complete;
  const phrase = 'Ein Kamel tanzt auf dem Dach';

  test('says that everything is in place', async () => {
    const shown = services(
      keyTransport({ keys: { state: 'secrets_incomplete', phraseKnown: true } }),
    );
    shown.fake.answer({ 'repair.complete': () => 'complete' });
    show(CompleteKeys, {}, shown);
    await type(keys.restore.entry, phrase);
    await press(t.submit);
    await heading(t.doneTitle);
    expect(shown.fake.callsOf('repair.complete')).toEqual([{ secret: phrase }]);
  });

  test.each([true, false])('says that it switches the backup on: %s', async (switchedOff) => {
    show(CompleteKeys, {}, services(keyTransport({ keys: { switchedOff } })));
    await heading(t.title);
    expect(screen.queryByText(keys.restore.switchesOn) !== null).toBe(switchedOff);
  });

  test('leads on where the key is right and does not open the backup', async () => {
    const shown = services(keyTransport({ keys: { state: 'backup_changed', phraseKnown: true } }));
    shown.fake.answer({
      'repair.complete': () => {
        shown.fake.publish('keys', healthIn('reset_required'));
        return 'backup_closed';
      },
    });
    show(CompleteKeys, {}, shown);
    await type(keys.restore.entry, phrase);
    await press(t.submit);
    await heading(t.backup_closed.title);
    await press(keys.repair.buttons.reset_backup);
    expect(shown.deps.flows.current).toBe('reset_backup');
  });

  test('stays where it was when no file was chosen', async () => {
    const shown = services(keyTransport({ keys: { state: 'backup_changed' } }));
    shown.fake.answer({ 'repair.completeByFile': () => null });
    show(CompleteKeys, {}, shown);
    await press(keys.restore.choose);
    expect(shown.fake.callsOf('repair.completeByFile')).toHaveLength(1);
    await heading(t.title);
  });
});

describe('the report for the help desk', () => {
  const open = async (answers: Parameters<Shown['fake']['answer']>[0]): Promise<Shown> => {
    const shown = services();
    shown.fake.answer({ 'report.make': () => 'Holdfast: report\nState: ready', ...answers });
    show(HelpDeskReport, {}, shown);
    screen.getByText(keys.report.title).closest('details')!.open = true;
    await screen.findByText(/State: ready/u);
    return shown;
  };

  test('is read first, and copied as it was read', async () => {
    const shown = await open({ 'clipboard.copyText': () => undefined });
    await press(keys.report.copy);
    expect(shown.fake.callsOf('clipboard.copyText')).toEqual([
      { text: 'Holdfast: report\nState: ready' },
    ]);
  });

  test('is saved, and says where', async () => {
    await open({ 'report.save': () => ({ fileName: 'holdfast report.txt' }) });
    await press(keys.report.save);
    await screen.findByText(keys.report.saved('holdfast report.txt'));
  });

  test('says why it could not be saved', async () => {
    await open({ 'report.save': () => Promise.reject(failure('disk_full')) });
    await press(keys.report.save);
    await screen.findByRole('alert');
  });
});

describe('the reminder', () => {
  test('of a switched-off backup leads where the way out is', async () => {
    const off = { state: 'disabled_by_user', reminder: { due: true } } as const;
    const shown = reminder({ keys: { ...off, phraseKnown: true } });
    screen.getByText(keys.health.states.disabled_by_user.title);
    await press(keys.repair.buttons.complete);
    expect(shown.deps.flows.current).toBe('complete_keys');
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

  test.each([
    { step: 'paused', done: 3, total: 9 },
    { step: 'done', imported: 8, total: 9, failed: 1, failedRooms: [] },
  ] as const)('is not hidden behind a restore that nobody goes on with: %j', async (restore) => {
    const shown = reminder({ keys: { state: 'backup_changed', reminder: { due: true } } });
    shown.fake.publish('restore', restore);
    await tick();
    screen.getByRole('region', { name: keys.health.states.backup_changed.title });
    shown.fake.publish('restore', { step: 'restoring', done: 3, total: 9, timeLeftMs: null });
    await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
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
    const description = en.organisation.mandatory;
    const later = screen.getByRole('button', { name: keys.reminder.later, description });
    expect(later.matches(':disabled')).toBe(true);
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

  test('keeps quiet while a change is at work, and is back where it stands still (I6)', async () => {
    const shown = reminder({ keys: { state: 'secrets_incomplete', reminder: { due: true } } });
    const { title } = keys.health.states.secrets_incomplete;
    screen.getByRole('region', { name: title });
    shown.fake.publish('keyChange', asking);
    await waitFor(() => expect(screen.queryByRole('region')).toBeNull());
    shown.fake.publish('keyChange', { ...asking, step: 'stopped', code: 'changed_elsewhere' });
    await screen.findByRole('region', { name: title });
  });
});

function banner(scene: KeyScene): Shown {
  return show(KeyHealthBanner, {}, services(keyTransport(scene)));
}

function reminder(scene: KeyScene): Shown {
  return show(KeyReminder, {}, services(keyTransport(scene)));
}
