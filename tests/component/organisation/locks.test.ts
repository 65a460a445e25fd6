/** What the organisation has locked is disabled, and says so, rather than failing when it is used. */
import { screen } from '@testing-library/svelte';
import { expect, test } from 'vitest';
import Devices from '../../../renderer/features/devices/Devices.svelte';
import KeyActions from '../../../renderer/features/key-change/KeyActions.svelte';
import AccountSettings from '../../../renderer/features/profiles/AccountSettings.svelte';
import ChoosePassphrase from '../../../renderer/features/store-opening/ChoosePassphrase.svelte';
import { de } from '../../../renderer/i18n/de';
import { en } from '../../../renderer/i18n/en';
import { playDevices } from '../devices/moments';
import { FakeTransport } from '../fake-transport';
import { keyHealth } from '../fixtures';
import { services, show, type Shown } from '../show';
import { managed } from './policy';

const languages = [
  ['en', en],
  ['de', de],
] as const;
const openVault = {
  backend: 'keychain',
  keychainUsable: true,
  recoveryWrap: true,
  locked: false,
} as const;

function underPolicy(language: 'en' | 'de', locks = managed.locks): Shown {
  const fake = new FakeTransport().publish('policy', { ...managed, locks });
  playDevices(fake);
  const shown = services(fake.publish('vault', openVault));
  fake.publish('preferences', { language, theme: null });
  return shown;
}

const isDisabled = (
  role: 'button' | 'checkbox',
  name: string,
  description?: string | RegExp,
): boolean =>
  screen
    .getByRole(role, { name, hidden: true, ...(description !== undefined && { description }) })
    .matches(':disabled');

test.each(languages)('only verified devices, in %s', (language, t) => {
  show(Devices, {}, underPolicy(language));
  const why = new RegExp(`${t.organisation.mandatory}$`, 'u');
  expect(isDisabled('checkbox', t.devices.verifiedOnly, why)).toBe(true);
});

test.each(languages)('the app passphrase of an account, in %s', (language, t) => {
  show(AccountSettings, { onremove: () => undefined }, underPolicy(language));
  expect(isDisabled('button', t.accounts.settings.lock, t.organisation.mandatory)).toBe(true);
});

test.each(languages)('switching off a backup that is required, in %s', (language, t) => {
  const health = { ...keyHealth, policy: { setupRequired: true, methods: ['key'] as const } };
  show(KeyActions, { health, onaction: () => undefined }, underPolicy(language));
  const { button } = t.keys.change.actions.switch_off;
  expect(isDisabled('button', button, t.organisation.mandatory)).toBe(true);
});

test('nothing is locked where the organisation leaves the choice', () => {
  const shown = underPolicy('en', []);
  show(Devices, {}, shown);
  show(AccountSettings, { onremove: () => undefined }, shown);
  show(KeyActions, { health: keyHealth, onaction: () => undefined }, shown);
  expect(isDisabled('checkbox', en.devices.verifiedOnly)).toBe(false);
  expect(isDisabled('button', en.accounts.settings.lock)).toBe(false);
  expect(isDisabled('button', en.keys.change.actions.switch_off.button)).toBe(false);
  expect(screen.queryByText(en.organisation.mandatory)).toBeNull();
});

test('a passphrase is not asked for where none may be chosen; the keychain is', () => {
  show(ChoosePassphrase, {}, underPolicy('en'));
  screen.getByRole('heading', { name: en.store.passphrase.lockedTitle });
  expect(screen.queryByLabelText(en.store.passphrase.entry)).toBeNull();
  screen.getByRole('button', { name: en.common.retry });
  screen.getByText(en.organisation.helpDesk);
});
