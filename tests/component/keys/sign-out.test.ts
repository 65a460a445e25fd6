import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { KeyHealth, SignOutRisk } from '../../../preload/model/keys';
import QuitDialog from '../../../renderer/features/sign-out/QuitDialog.svelte';
import SignOutDialog from '../../../renderer/features/sign-out/SignOutDialog.svelte';
import { failure } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { services, show, type Shown } from '../show';
import { keyTransport, type KeyScene } from './key-scenes';
import { errors, heading, keys, noteOf, press, type, words } from './person';

function signOut(scene: KeyScene): Shown {
  const fake = keyTransport(scene).answer({ 'signOut.confirm': () => undefined });
  const shown = services(fake);
  shown.deps.flows.open('sign_out');
  return show(SignOutDialog, {}, shown);
}

const uploading = (pendingKeys: number): KeyHealth => ({
  ...keyHealth,
  state: pendingKeys > 0 ? 'uploading' : 'ready',
  pendingKeys,
});

describe('signing out', () => {
  test('needs one word where every key is safe', async () => {
    const shown = signOut({});
    await heading(keys.signOut.safeTitle);
    await press(keys.signOut.signOut);
    await waitFor(() => expect(shown.deps.flows.current).toBe('none'));
    expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: false }]);
  });

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
    ['needs_restore', keys.signOut.unlock, 'restore'],
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

  test('leads back to the setup where that is required', async () => {
    const shown = signOut({
      keys: { state: 'needs_setup', policy: { setupRequired: true, methods: ['key'] } },
    });
    await heading(keys.signOut.noBackupTitle);
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

describe('quitting', () => {
  function quit(scene: KeyScene, risk: SignOutRisk): Shown {
    const fake = keyTransport(scene).answer({ 'app.quit': () => undefined });
    return show(QuitDialog, { risk }, services(fake));
  }

  test('waits for the last key', async () => {
    const shown = quit(
      { keys: uploading(3) },
      { state: 'uploading', pendingKeys: 3, encryptedRooms: 6, safe: false },
    );
    await heading(keys.quit.pendingTitle(3));
    screen.getByText(keys.quit.pending);
    await press(keys.quit.wait);
    expect(shown.fake.callsOf('app.quit')).toEqual([]);
    shown.fake.publish('keys', uploading(0));
    await waitFor(() => expect(shown.fake.callsOf('app.quit')).toEqual([{ quit: true }]));
  });

  test('does nothing by itself where nobody asked it to wait', async () => {
    const shown = quit(
      { keys: uploading(3) },
      { state: 'uploading', pendingKeys: 3, encryptedRooms: 6, safe: false },
    );
    shown.fake.publish('keys', uploading(0));
    await heading(keys.quit.uploadedTitle);
    expect(shown.fake.callsOf('app.quit')).toEqual([]);
  });

  test('stays on request, and leads to the setup', async () => {
    const shown = quit(
      { keys: { state: 'needs_setup', pendingKeys: 12 } },
      { state: 'needs_setup', pendingKeys: 12, encryptedRooms: 6, safe: false },
    );
    screen.getByText(keys.quit.noBackup(12));
    await press(keys.quit.setUp);
    await waitFor(() => expect(shown.deps.flows.current).toBe('setup'));
    expect(shown.fake.callsOf('app.quit')).toEqual([{ quit: false }]);
  });
});
