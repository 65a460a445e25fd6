import { fireEvent, screen, waitFor, within } from '@testing-library/svelte';
import { createRawSnippet } from 'svelte';
import { describe, expect, test } from 'vitest';
import type { KeyState } from '../../preload/model/keys';
import Sections from '../../renderer/features/settings/Sections.svelte';
import SettingsDialog from '../../renderer/features/settings/SettingsDialog.svelte';
import StoreKey from '../../renderer/features/settings/StoreKey.svelte';
import { en } from '../../renderer/i18n/en';
import { FakeIntersectionObserver } from './browser';
import { account } from './fixtures';
import { keyTransport } from './keys/key-scenes';
import { press } from './keys/person';
import { services, show } from './show';

describe('the parts of the settings', () => {
  const names = ['General', 'Keys', 'Account'];
  const content = createRawSnippet(() => ({ render: () => '<p>…</p>' }));

  function current(): readonly (string | null)[] {
    return screen
      .getAllByRole('link')
      .filter((link) => link.hasAttribute('aria-current'))
      .map((link) => link.textContent);
  }

  test('say which of them is in view', async () => {
    show(Sections, { label: 'Parts', parts: names.map((name) => ({ name, content })) });
    expect(current()).toEqual(['General']);
    FakeIntersectionObserver.latest?.look(screen.getByRole('group', { name: 'Keys' }));
    await waitFor(() => expect(current()).toEqual(['Keys']));
  });

  test('keep to the one that was chosen until the person scrolls on', async () => {
    show(Sections, { label: 'Parts', parts: names.map((name) => ({ name, content })) });
    await fireEvent.click(screen.getByRole('link', { name: 'Account' }));
    // The last one is too short to come up as far as people look.
    await fireEvent.scroll(document);
    FakeIntersectionObserver.latest?.look(screen.getByRole('group', { name: 'Keys' }));
    await waitFor(() => expect(current()).toEqual(['Account']));
    await fireEvent.scroll(document);
    await waitFor(() => expect(current()).toEqual(['Keys']));
  });

  test('have signing out where the account is', async () => {
    const shown = services(keyTransport().answer({ 'devices.refresh': () => undefined }));
    show(SettingsDialog, { open: true, account }, shown);
    const part = within(await screen.findByRole('group', { name: en.settings.parts.account }));
    expect(part.getByRole('button', { name: en.settings.signOut })).toBeTruthy();
    await press(en.settings.signOut);
    expect(shown.deps.flows.current).toBe('sign_out');
  });
});

describe('the key of this computer’s store', () => {
  const t = en.store.settings;

  test.each<[KeyState, string]>([
    ['needs_setup', t.noRecoveryKey],
    ['ready', t.uncheckedRecoveryKey],
    ['uploading', t.uncheckedRecoveryKey],
    ['needs_restore', t.unusedRecoveryKey],
  ])('says what lets the recovery key open it: %s', (state, sentence) => {
    const fake = keyTransport({ keys: { state } });
    fake.publish('vault', {
      backend: 'keychain',
      keychainUsable: true,
      recoveryWrap: false,
      locked: false,
    });
    show(StoreKey, {}, services(fake));
    screen.getByText(sentence);
  });
});
