import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { SignOutRisk } from '../../../preload/model/keys';
import { en } from '../../../renderer/i18n/en';
import { failure } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { focused, signOut, uploading } from './leaving';
import { errors, heading, keys, noteOf, press, type, words } from './person';

describe('signing out', () => {
  test('needs one word where every key is safe', async () => {
    const shown = signOut({});
    await heading(keys.signOut.safeTitle);
    await press(keys.signOut.signOut);
    await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
    expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: false }]);
  });

  test('says that the rest of a restore stays in the backup, and signs out', async () => {
    const shown = signOut({ risk: { unfinished: 'restore' } });
    await heading(keys.signOut.safeTitle);
    screen.getByText(keys.signOut.restoreUnfinished);
    await press(keys.signOut.signOut);
    expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: false }]);
  });

  test.each(['carry_over', 'key_change', 'setup'] as const)(
    'is not offered as safe while this is under way: %s',
    async (unfinished) => {
      signOut({ risk: { unfinished, safe: false } });
      await heading(keys.signOut.unfinishedTitle);
      screen.getByText(keys.signOut.unfinished[unfinished]);
      expect(screen.queryByRole('button', { name: keys.signOut.signOut })).toBeNull();
    },
  );

  test('shows the number of keys not backed up, and how it falls', async () => {
    const shown = signOut({ keys: uploading(128) });
    await heading(keys.signOut.pendingTitle(128));
    shown.fake.publish('keys', uploading(71));
    await heading(keys.signOut.pendingTitle(71));
    expect(screen.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('57');
  });

  test('waits on request, and signs out when main calls it safe', async () => {
    const shown = signOut({ keys: uploading(128) });
    await press(keys.signOut.wait);
    await screen.findByText(keys.signOut.waiting);
    expect(shown.fake.callsOf('signOut.confirm')).toEqual([]);
    const safe: SignOutRisk = { state: 'ready', pendingKeys: 0, encryptedRooms: 6, safe: true };
    shown.fake.answer({ 'signOut.risk': () => safe });
    shown.fake.publish('keys', uploading(0));
    await waitFor(() =>
      expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: false }]),
    );
  });

  test('does not sign out on a count of zero that main does not call safe', async () => {
    const shown = signOut({ keys: uploading(128) });
    await press(keys.signOut.wait);
    shown.fake.answer({
      'signOut.risk': () => ({
        state: 'uploading',
        pendingKeys: 0,
        encryptedRooms: 6,
        safe: false,
      }),
    });
    shown.fake.publish('keys', uploading(0));
    await heading(keys.signOut.unknownTitle);
    expect(shown.fake.callsOf('signOut.confirm')).toEqual([]);
  });

  test('loses keys only after the person said so, and names what', async () => {
    const shown = signOut({ keys: { state: 'needs_setup', pendingKeys: 128, encryptedRooms: 6 } });
    await press(keys.signOut.anyway);
    await screen.findByText(keys.signOut.confirm(6, 128));
    const button = screen.getByRole<HTMLButtonElement>('button', {
      name: keys.signOut.confirmAction,
    });
    expect(button.disabled).toBe(true);
    await fireEvent.click(screen.getByRole('checkbox', { name: keys.signOut.accept }));
    await fireEvent.click(button);
    await waitFor(() =>
      expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: true }]),
    );
  });

  test('says where the device stays while the server is out of reach, and only then', async () => {
    const shown = signOut({ keys: { state: 'unknown', pendingKeys: null } });
    await press(keys.signOut.anyway);
    await screen.findByText(keys.signOut.confirmForever);
    expect(screen.queryByText(keys.signOut.unreachable)).toBeNull();
    shown.fake.publish('connection', { state: 'reconnecting', retryAt: null });
    await screen.findByText(keys.signOut.unreachable);
  });

  test('asks again where keys came in between', async () => {
    const shown = signOut({});
    await heading(keys.signOut.safeTitle);
    shown.fake.answer({
      'signOut.confirm': () => {
        throw failure('keys_pending', { count: 2 });
      },
      'signOut.risk': () => ({
        state: 'uploading',
        pendingKeys: 2,
        encryptedRooms: 6,
        safe: false,
      }),
    });
    shown.fake.publish('keys', uploading(2));
    await press(keys.signOut.signOut);
    await heading(keys.signOut.pendingTitle(2));
  });

  test.each([
    ['needs_setup', keys.signOut.setUp, 'setup'],
    ['needs_restore', keys.signOut.unlockKeyOnly, 'restore'],
  ] as const)('leads from %s to the way out', async (state, action, flow) => {
    const shown = signOut({ keys: { state, pendingKeys: 4 } });
    await press(action);
    expect(shown.deps.flows.current).toBe(flow);
  });

  test('never calls the unknown safe', async () => {
    const shown = signOut({ keys: { state: 'unknown', pendingKeys: null } });
    await heading(keys.signOut.unknownTitle);
    expect(screen.queryByRole('button', { name: keys.signOut.signOut })).toBeNull();
    await press(keys.signOut.again);
    expect(shown.fake.callsOf('signOut.risk')).toHaveLength(2);
  });

  test.each([
    [true, keys.signOut.safe],
    [false, keys.signOut.safeKeyOnly],
  ])('names what opens the backup again, phrase %s', async (phraseKnown, text) => {
    signOut({ keys: { phraseKnown } });
    await screen.findByText(text);
  });

  test.each(['needs_setup', 'unknown', 'needs_restore'] as const)(
    'tells of no backup where a device without keys is at %s',
    async (state) => {
      const shown = signOut({ keys: { state, pendingKeys: 0 }, risk: { safe: true } });
      await screen.findByText(keys.signOut.noKeys);
      expect(screen.queryByText(keys.signOut.safeKeyOnly)).toBeNull();
      await press(keys.signOut.signOut);
      expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: false }]);
    },
  );

  test('checks again by itself when the connection is back', async () => {
    const shown = signOut({ keys: { state: 'unknown', pendingKeys: null } });
    shown.fake.publish('connection', { state: 'reconnecting', retryAt: null });
    await screen.findByText(keys.signOut.unknown);
    const safe: SignOutRisk = { state: 'ready', pendingKeys: 0, encryptedRooms: 6, safe: true };
    shown.fake.answer({ 'signOut.risk': () => safe });
    shown.fake.publish('connection', { state: 'online' });
    await heading(keys.signOut.safeTitle);
  });

  test('checks again by itself when the keys are no longer as they were, and only then', async () => {
    const shown = signOut({});
    await heading(keys.signOut.safeTitle);
    shown.fake.publish('keys', keyHealth);
    expect(shown.fake.callsOf('signOut.risk')).toHaveLength(1);
    shown.fake.answer({
      'signOut.risk': () => ({
        state: 'needs_restore',
        pendingKeys: 2,
        encryptedRooms: 6,
        safe: false,
      }),
    });
    shown.fake.publish('keys', {
      ...keyHealth,
      state: 'needs_restore',
      repair: 'restore',
      pendingKeys: 2,
    });
    await heading(keys.signOut.lockedTitle);
    expect(shown.fake.callsOf('signOut.risk')).toHaveLength(2);
  });

  test('calls nothing safe any more once a check fails', async () => {
    const shown = signOut({});
    await heading(keys.signOut.safeTitle);
    shown.fake.answer({
      'signOut.risk': () => {
        throw failure('offline');
      },
    });
    shown.fake.publish('connection', { state: 'reconnecting', retryAt: null });
    await screen.findByText(errors.offline({}, words));
    expect(screen.queryByRole('button', { name: keys.signOut.signOut })).toBeNull();
  });

  test.each([
    ['ready', 0, 'Cancel'],
    ['uploading', 128, keys.signOut.wait],
    ['needs_setup', 4, keys.signOut.setUp],
    ['needs_restore', 4, keys.signOut.unlockKeyOnly],
    ['reset_required', 4, en.keys.repair.buttons.reset_backup],
    ['unknown', null, keys.signOut.again],
  ] as const)('starts at the choice that loses nothing: %s', async (state, pendingKeys, name) => {
    signOut({ keys: { state, pendingKeys } });
    await focused(name);
  });

  test.each([
    ['needs_restore', 'restore', 'restore'],
    ['backup_changed', 'complete', 'complete_keys'],
    ['secrets_incomplete', 'new_key', 'new_key'],
    ['reset_required', 'reset_everything', 'reset_everything'],
  ] as const)('leads to the repair that the state has: %s, %s', async (state, repair, flow) => {
    const shown = signOut({ keys: { state, repair, pendingKeys: 4 } });
    const { unlockKeyOnly } = keys.signOut;
    const isByKey = repair === 'restore' || repair === 'complete';
    await press(isByKey ? unlockKeyOnly : en.keys.repair.buttons[repair]);
    expect(shown.deps.flows.current).toBe(flow);
  });

  test('switches a backup on again in its place, and looks what stands in the way then', async () => {
    const shown = signOut({ keys: { state: 'disabled_by_user', repair: 'switch_on' } });
    shown.fake.answer({ 'backup.switchOn': () => undefined });
    await press(en.keys.repair.buttons.switch_on);
    await waitFor(() => expect(shown.fake.callsOf('signOut.risk')).toHaveLength(2));
    expect(shown.fake.callsOf('backup.switchOn')).toHaveLength(1);
    expect(shown.deps.flows.current).toBe('sign_out');
  });

  test('does not offer to lose what is required and can be repaired', async () => {
    signOut({
      keys: {
        state: 'reset_required',
        demand: 'repair',
        policy: { setupRequired: true, methods: ['key'] },
      },
    });
    await heading(keys.signOut.stuckTitle);
    screen.getByText(en.organisation.backUpFirst);
    screen.getByRole('button', { name: en.keys.repair.buttons.reset_backup });
    expect(screen.queryByRole('button', { name: keys.signOut.anyway })).toBeNull();
  });

  test('starts at the way back where keys would be lost', async () => {
    signOut({ keys: { state: 'needs_setup', pendingKeys: 4 } });
    await press(keys.signOut.anyway);
    await focused(keys.signOut.back);
  });

  test('leads back to the setup where that is required', async () => {
    const shown = signOut({
      keys: {
        state: 'needs_setup',
        pendingKeys: 4,
        demand: 'setup',
        policy: { setupRequired: true, methods: ['key'] },
      },
    });
    await heading(keys.signOut.noBackupTitle);
    screen.getByText(en.organisation.backUpFirst);
    expect(screen.queryByRole('button', { name: keys.signOut.anyway })).toBeNull();
    await press('Close');
    await waitFor(() => expect(shown.deps.flows.current).toBe('setup'));
  });
});

describe('exporting keys', () => {
  test('sends the passphrase once and says where the file is', async () => {
    const shown = signOut({ keys: { state: 'needs_setup', pendingKeys: 128 } });
    shown.fake.answer({ 'keyFile.export': () => ({ fileName: 'keys.txt', keys: 128 }) });
    await press(keys.signOut.export);
    await type(keys.export.passphrase, 'a long passphrase');
    await type(keys.export.repeated, 'a long passphrase');
    await press(keys.export.submit);
    await screen.findByText(keys.signOut.exported('keys.txt'));
    expect(shown.fake.callsOf('keyFile.export')).toEqual([{ passphrase: 'a long passphrase' }]);
  });

  test('says at the field that a passphrase is too short', async () => {
    const shown = signOut({ keys: { state: 'needs_setup', pendingKeys: 128 } });
    shown.fake.answer({
      'keyFile.export': () => {
        throw failure('passphrase_too_short');
      },
    });
    await press(keys.signOut.export);
    await type(keys.export.passphrase, 'short');
    await type(keys.export.repeated, 'short');
    await press(keys.export.submit);
    await waitFor(() =>
      expect(noteOf(keys.export.passphrase)).toBe(errors.passphrase_too_short({}, words)),
    );
  });
});
