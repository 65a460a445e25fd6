import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { KeyHealth } from '../../../preload/model/keys';
import { en } from '../../../renderer/i18n/en';
import { findings } from './health-in';
import { signOut } from './leaving';
import { heading, keys, press } from './person';

const risk = { identityOnlyHere: true, safe: false } as const;
const noRoomKey: Partial<KeyHealth> = {
  state: 'needs_setup',
  pendingKeys: 0,
  findings: { ...findings, storage: null, backup: null, keysHere: 0 },
};

describe('signing out of the only device with the account’s identity', () => {
  test('says what is at stake and what helps, and offers no file of keys', async () => {
    const shown = signOut({ keys: noRoomKey, risk });
    await heading(keys.signOut.identityTitle);
    screen.getByText(`${keys.signOut.identity} ${keys.repair.ways.setup}`);
    expect(screen.queryByRole('button', { name: keys.signOut.export })).toBeNull();
    await press(en.keys.repair.buttons.setup);
    expect(shown.deps.flows.current).toBe('setup');
  });

  test('names the identity, not messages, before it is given up', async () => {
    const shown = signOut({ keys: noRoomKey, risk });
    await press(keys.signOut.anyway);
    await heading(keys.signOut.confirmIdentityTitle);
    screen.getByText(keys.signOut.confirmIdentity);
    expect(screen.queryByText(keys.signOut.confirmForever)).toBeNull();
    await fireEvent.click(screen.getByRole('checkbox', { name: keys.signOut.acceptIdentity }));
    await press(keys.signOut.confirmAction);
    await waitFor(() =>
      expect(shown.fake.callsOf('signOut.confirm')).toEqual([{ acceptLoss: true }]),
    );
  });

  test('speaks of it alone where the recovery key opens a backup of every room key', async () => {
    const storage = findings.storage && { ...findings.storage, holdsIdentity: false };
    signOut({
      keys: { state: 'secrets_incomplete', pendingKeys: 0, findings: { ...findings, storage } },
      risk,
    });
    await heading(keys.signOut.identityTitle);
    screen.getByText(`${keys.signOut.identity} ${keys.repair.ways.complete}`);
  });

  test.each([
    ['keys wait', { ...noRoomKey, pendingKeys: 4 }, keys.signOut.noBackupTitle],
    [
      'nothing is known to open the backup',
      {
        state: 'secrets_incomplete',
        pendingKeys: 0,
        findings: { ...findings, storage: null },
      },
      keys.signOut.lockedTitle,
    ],
    ['nobody can be asked', { ...noRoomKey, state: 'unknown' }, keys.signOut.unknownTitle],
  ] as const)('adds it to what else is at stake where %s', async (_, health, title) => {
    signOut({ keys: health, risk });
    await heading(title);
    screen.getByText(keys.signOut.identityToo);
    await press(keys.signOut.anyway);
    await heading(keys.signOut.confirmTitle);
    screen.getByText(keys.signOut.identityToo);
    screen.getByText(keys.signOut.confirmForever);
  });
});
