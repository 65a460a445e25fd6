import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import App from '../../../renderer/app/App.svelte';
import LeaveAccount from '../../../renderer/features/profiles/LeaveAccount.svelte';
import RemoveAccount from '../../../renderer/features/profiles/RemoveAccount.svelte';
import { en } from '../../../renderer/i18n/en';
import { failure } from '../fake-transport';
import { account, keyHealth, roomIdOf } from '../fixtures';
import { play } from '../scenes';
import { services, show, type Shown } from '../show';

const t = en.accounts;
const words = { duration: String };

function open(scene: string): Shown {
  const shown = services(play({ scene, language: 'en', theme: 'light' }));
  render(App, { deps: shown.deps });
  return shown;
}

const press = async (name: string | RegExp): Promise<void> => {
  await fireEvent.click(await screen.findByRole('button', { name }));
};

describe('choosing an account', () => {
  test('begins at the one used last, and goes on by arrow keys', async () => {
    const { fake } = open('choose-account');
    const last = await screen.findByRole('button', { name: /Account 2/ });
    await waitFor(() => {
      expect(document.activeElement).toBe(last);
    });
    await fireEvent.keyDown(window, { key: 'ArrowUp' });
    expect(document.activeElement?.textContent).toContain('Mira');
    await fireEvent.keyDown(window, { key: 'ArrowUp' });
    expect(document.activeElement?.textContent).toContain(t.add);
    await fireEvent.click(last);
    expect(fake.callsOf('accounts.open')).toEqual([{ id: '20261102T081500000Z' }]);
  });

  test('says why an account could not be added', async () => {
    const { fake } = open('choose-account');
    fake.answer({
      'accounts.add': () => {
        throw failure('disk_full');
      },
    });
    await press(t.add);
    expect((await screen.findByRole('alert')).textContent).toContain(
      en.errors.disk_full({}, words),
    );
  });

  test('tells where the files of a removed account are', async () => {
    open('account-removed');
    expect(await screen.findByText(t.removed('kept-20261124T091500000Z'))).toBeTruthy();
  });
});

describe('a screen on which nobody is in yet', () => {
  test.each(['sign-in-beside-others', 'passphrase-beside-others'])(
    'leads to the other accounts: %s',
    async (scene) => {
      const { fake } = open(scene);
      await press(t.others);
      expect(fake.callsOf('accounts.choose')).toHaveLength(1);
    },
  );

  test('offers no others where there are none', async () => {
    open('sign-in');
    await screen.findByRole('heading', { name: en.signIn.serverTitle });
    expect(screen.queryByRole('button', { name: t.others })).toBeNull();
  });

  test('says why a sign-in could not go on', async () => {
    open('sign-in-not-handed-over');
    const alert = await screen.findByRole('alert');
    expect(alert.textContent).toContain(t.signInFailed);
    expect(alert.textContent).toContain(en.errors.disk_full({}, words));
  });
});

function leave(scene: string, to: 'choose' | 'add', draft = ''): Shown {
  const shown = services(play({ scene, language: 'en', theme: 'light' }));
  shown.deps.drafts.keep(roomIdOf('jonas-brandt'), draft);
  return show(LeaveAccount, { to }, shown);
}

describe('leaving an account', () => {
  test.each([
    ['choose', 'accounts.choose'],
    ['add', 'accounts.add'],
  ] as const)('goes at once where nothing waits: %s', async (to, call) => {
    const { fake } = leave('several-accounts-safe', to);
    await waitFor(() => {
      expect(fake.callsOf(call)).toHaveLength(1);
    });
    expect(screen.queryByRole('alertdialog')).toBeNull();
  });

  test('says how many keys wait, and that they stay here', async () => {
    const { fake } = leave('several-accounts', 'add');
    const dialog = await screen.findByRole('alertdialog', { name: t.leave.title.add });
    expect(dialog.textContent).toContain(t.leave.waiting(37));
    expect(dialog.textContent).toContain(t.leave.keysStay);
    expect(dialog.textContent).not.toContain(t.leave.draftLost);
    expect(fake.callsOf('accounts.add')).toEqual([]);
    await press(t.leave.go.add);
    expect(fake.callsOf('accounts.add')).toHaveLength(1);
  });

  test('says that what is not sent is lost', async () => {
    const { fake } = leave('several-accounts-safe', 'choose', 'half a thought');
    const dialog = await screen.findByRole('alertdialog', { name: t.leave.title.choose });
    expect(dialog.textContent).toContain(t.leave.draftLost);
    expect(dialog.textContent).not.toContain(t.leave.keysStay);
    await press(t.leave.stay);
    expect(fake.callsOf('accounts.choose')).toEqual([]);
  });
});

describe('removing an account', () => {
  async function openRemoval(scene: string): Promise<Shown> {
    const shown = services(play({ scene, language: 'en', theme: 'light' }));
    show(RemoveAccount, { account }, shown);
    await screen.findByLabelText(t.remove.typed);
    return shown;
  }

  test('names the numbers, and takes the box and the typed address', async () => {
    const { fake } = await openRemoval('several-accounts');
    const dialog = screen.getByRole('alertdialog');
    expect(dialog.textContent).toContain(t.remove.keysHere((keyHealth.backedUpKeys ?? 0) + 37));
    expect(dialog.textContent).toContain(t.remove.waiting(37));
    const confirm = screen.getByRole('button', { name: t.remove.confirm });
    expect(confirm).toHaveProperty('disabled', true);
    await fireEvent.click(screen.getByRole('checkbox'));
    expect(confirm).toHaveProperty('disabled', false);
    const form = document.querySelector('#remove-account');
    if (form === null) throw new Error('There is no form');
    await fireEvent.submit(form);
    expect(await screen.findByText(t.remove.mismatch)).toBeTruthy();
    expect(fake.callsOf('accounts.remove')).toEqual([]);
    await fireEvent.input(screen.getByLabelText(t.remove.typed), {
      target: { value: account.userId },
    });
    await fireEvent.submit(form);
    expect(fake.callsOf('accounts.remove')).toEqual([{ typed: account.userId, acceptLoss: true }]);
  });

  test('asks for no more than the address where every key is safe', async () => {
    const { fake } = await openRemoval('several-accounts-safe');
    expect(screen.queryByRole('checkbox')).toBeNull();
    await fireEvent.input(screen.getByLabelText(t.remove.typed), {
      target: { value: account.userId },
    });
    const form = document.querySelector('#remove-account');
    if (form === null) throw new Error('There is no form');
    await fireEvent.submit(form);
    expect(fake.callsOf('accounts.remove')).toEqual([{ typed: account.userId, acceptLoss: false }]);
  });
});
