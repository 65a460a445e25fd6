import { screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { QuitQuestion, SignOutRisk } from '../../../preload/model/keys';
import QuitDialog from '../../../renderer/features/sign-out/QuitDialog.svelte';
import { services, show, type Shown } from '../show';
import { keyTransport, type KeyScene } from './key-scenes';
import { focused, uploading } from './leaving';
import { heading, keys, press } from './person';

describe('quitting', () => {
  function quit(scene: KeyScene, asked: SignOutRisk & Partial<QuitQuestion>): Shown {
    const risk: QuitQuestion = { keyNotInUse: false, ...asked };
    const fake = keyTransport(scene).answer({ 'app.quit': () => undefined });
    return show(QuitDialog, { risk }, services(fake));
  }

  test('waits for the last key', async () => {
    const shown = quit(
      { keys: uploading(3) },
      { state: 'uploading', pendingKeys: 3, encryptedRooms: 6, safe: false },
    );
    await heading(keys.quit.pendingTitle(3));
    screen.getByText(keys.quit.pending(3));
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

  test.each(['carry_over', 'key_change', 'setup', 'restore'] as const)(
    'goes on the next time, and says so before quitting: %s',
    async (unfinished) => {
      const asked = { state: 'ready', pendingKeys: 0, encryptedRooms: 6 } as const;
      const shown = quit({}, { ...asked, safe: unfinished === 'restore', unfinished });
      await heading(keys.quit.unfinishedTitle);
      screen.getByText(keys.quit.unfinished[unfinished]);
      await focused(keys.quit.quit);
      await press(keys.quit.quit);
      expect(shown.fake.callsOf('app.quit')).toEqual([{ quit: true }]);
    },
  );

  test('names keys that are not backed up before what goes on', async () => {
    quit(
      { keys: uploading(3) },
      {
        state: 'uploading',
        pendingKeys: 3,
        encryptedRooms: 6,
        safe: false,
        unfinished: 'carry_over',
      },
    );
    await heading(keys.quit.pendingTitle(3));
    screen.getByText(keys.quit.unfinished.carry_over);
    await focused(keys.quit.wait);
  });

  const newKey: QuitQuestion = {
    state: 'needs_setup',
    pendingKeys: 12,
    encryptedRooms: 6,
    safe: false,
    keyNotInUse: true,
  };

  test('says that a new recovery key opens nothing yet, and leads back to finish', async () => {
    const shown = quit({ keys: { state: 'needs_setup', pendingKeys: 12 } }, newKey);
    await heading(keys.quit.keyNotInUseTitle);
    screen.getByText(keys.quit.keyNotInUse);
    await focused(keys.quit.finish);
    await press(keys.quit.finish);
    await waitFor(() => expect(shown.deps.flows.current).toBe('setup'));
    expect(shown.fake.callsOf('app.quit')).toEqual([{ quit: false }]);
  });

  test('quits although a new recovery key is not in use, on request', async () => {
    const shown = quit({}, { ...newKey, safe: true });
    await press(keys.quit.anyway);
    expect(shown.fake.callsOf('app.quit')).toEqual([{ quit: true }]);
  });

  test.each([
    ['uploading', 3, keys.quit.wait],
    ['needs_setup', 3, keys.quit.setUp],
    ['unknown', null, keys.quit.stay],
  ] as const)('starts at the choice that risks nothing: %s', async (state, pendingKeys, name) => {
    quit({ keys: { state, pendingKeys } }, { state, pendingKeys, encryptedRooms: 6, safe: false });
    await focused(name);
  });
});
