import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { AppState } from '../../preload/model/app';
import App from '../../renderer/app/App.svelte';
import { en } from '../../renderer/i18n/en';
import type { FakeTransport } from './fake-transport';
import { press, type } from './keys/person';
import { play } from './scenes';
import { services } from './show';

const t = en.store;
const goodPassphrase = 'granite lantern hums over seven tides';

function open(scene: string): FakeTransport {
  const fake = play({ scene, language: 'en', theme: 'light' });
  const { deps } = services(fake);
  render(App, { deps });
  return fake;
}

function openProblem(problem: Extract<AppState, { phase: 'store_unavailable' }>['problem']): void {
  const fake = play({ scene: 'starting', language: 'en', theme: 'light' });
  const { deps } = services(fake.publish('app', { phase: 'store_unavailable', problem }));
  render(App, { deps });
}

describe('a store that can’t be opened', () => {
  test.each(Object.keys(t.problems) as (keyof typeof t.problems)[])(
    '%s has its own words: what happened, what to do, and that nothing is lost',
    (code) => {
      openProblem({ code, ways: ['retry'], phraseKnown: false });
      const { title, what, steps } = t.problems[code];
      expect(screen.getByRole('heading', { name: title })).toBeTruthy();
      expect(screen.getByText(what)).toBeTruthy();
      for (const step of steps) expect(screen.getByText(step)).toBeTruthy();
      expect(screen.getByText(t.kept)).toBeTruthy();
      expect(screen.getByRole('button', { name: en.common.retry })).toBeTruthy();
      expect(screen.queryByRole('button', { name: t.byKey.open })).toBeNull();
      expect(screen.queryByRole('button', { name: t.aside.open })).toBeNull();
    },
  );

  test('an unforeseen reason is told in the words for the unforeseen', () => {
    openProblem({ code: 'timeout', ways: ['retry'], phraseKnown: false });
    expect(screen.getByRole('heading', { name: t.problems.internal.title })).toBeTruthy();
  });

  test('opens by the recovery key, and keeps the entry where the key is another one', async () => {
    const fake = open('store-key-missing');
    await press(t.byKey.open);
    await type(en.keys.restore.entry, 'granite lantern hums');
    await press(t.byKey.submit);
    expect(await screen.findByText(en.errors.key_wrong({}, { duration: String }))).toBeTruthy();
    expect(screen.getByLabelText<HTMLInputElement>(en.keys.restore.entry).value).toBe(
      'granite lantern hums',
    );
    expect(fake.callsOf('store.openByRecoveryKey')).toEqual([{ secret: 'granite lantern hums' }]);
    await press(en.common.back);
    expect(
      await screen.findByRole('heading', { name: t.problems.store_key_missing.title }),
    ).toBeTruthy();
  });

  test('opens by the saved file', async () => {
    const fake = open('store-key-missing').answer({ 'store.openByRecoveryFile': () => true });
    await press(t.byKey.open);
    await press(en.keys.restore.choose);
    await waitFor(() => expect(fake.callsOf('store.openByRecoveryFile')).toHaveLength(1));
  });

  test('is set aside only after a person’s word', async () => {
    const fake = open('store-damaged').answer({ 'store.keepAside': () => undefined });
    await press(t.aside.open);
    expect(await screen.findByText(t.aside.nothingDeleted)).toBeTruthy();
    const confirm = screen.getByRole<HTMLButtonElement>('button', { name: t.aside.confirm });
    expect(confirm.disabled).toBe(true);
    await fireEvent.click(screen.getByRole('checkbox'));
    await press(t.aside.confirm);
    await waitFor(() => expect(fake.callsOf('store.keepAside')).toHaveLength(1));
  });

  test('that was set aside is named at the sign-in', () => {
    open('kept-aside');
    expect(screen.getByText(/kept-20261123T091500/u)).toBeTruthy();
  });
});

describe('the app passphrase', () => {
  test('is chosen twice the same, and not too easy to guess', async () => {
    const fake = open('choose-passphrase').answer({ 'store.choosePassphrase': () => undefined });
    await press(t.passphrase.choose);
    expect(await screen.findByText(t.passphrase.empty)).toBeTruthy();
    await type(t.passphrase.entry, 'password');
    await type(t.passphrase.repeated, 'password');
    expect(await screen.findByText(t.passphrase.tooWeak, {}, { timeout: 15_000 })).toBeTruthy();
    await type(t.passphrase.entry, goodPassphrase);
    await press(t.passphrase.choose);
    expect(await screen.findByText(t.passphrase.mismatch)).toBeTruthy();
    expect(fake.callsOf('store.choosePassphrase')).toEqual([]);
    await type(t.passphrase.repeated, goodPassphrase);
    await press(t.passphrase.choose);
    await waitFor(() =>
      expect(fake.callsOf('store.choosePassphrase')).toEqual([
        { passphrase: goodPassphrase, repeated: goodPassphrase },
      ]),
    );
  });

  test('is entered, and a wrong one is said at the field', async () => {
    const fake = open('enter-passphrase');
    await press(t.passphrase.open);
    expect(await screen.findByText(t.passphrase.empty)).toBeTruthy();
    await type(t.passphrase.entry, 'wrong');
    await press(t.passphrase.open);
    expect(
      await screen.findByText(en.errors.passphrase_wrong({}, { duration: String })),
    ).toBeTruthy();
    expect(fake.callsOf('store.enterPassphrase')).toEqual([{ passphrase: 'wrong' }]);
  });

  test('can be stood in for by the recovery key, where that opens the store', async () => {
    const fake = open('enter-passphrase').publish('vault', {
      backend: null,
      keychainUsable: false,
      recoveryWrap: true,
      locked: false,
    });
    await press(t.byKey.open);
    expect(await screen.findByRole('heading', { name: t.byKey.title })).toBeTruthy();
    await press(en.common.back);
    expect(await screen.findByRole('heading', { name: t.passphrase.enterTitle })).toBeTruthy();
    expect(fake.callsOf('store.enterPassphrase')).toEqual([]);
  });

  test('gives way to the keychain from the settings', async () => {
    const fake = open('no-rooms').answer({ 'store.moveToKeychain': () => undefined });
    await fireEvent.click(await screen.findByRole('button', { name: /Mira Petersen/u }));
    await fireEvent.click(await screen.findByRole('menuitem', { name: en.settings.open }));
    expect(await screen.findByText(t.settings.passphrase)).toBeTruthy();
    await press(t.settings.move);
    await waitFor(() => expect(fake.callsOf('store.moveToKeychain')).toHaveLength(1));
    expect(await screen.findByText(t.settings.moved)).toBeTruthy();
  });
});

describe('storage that fails', () => {
  test('is told above the conversation until it works again', async () => {
    const fake = open('no-rooms');
    for (const code of ['disk_full', 'disk_read_only', 'disk_error'] as const) {
      fake.publish('storage', { state: 'failing', code });
      expect(await screen.findByText(t.failing[code])).toBeTruthy();
    }
    fake.publish('storage', { state: 'ok' });
    await waitFor(() => expect(screen.queryByText(t.failing.disk_error)).toBeNull());
  });
});
