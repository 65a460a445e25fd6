import { fireEvent, screen } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import HelpDesk from '../../../renderer/features/organisation/HelpDesk.svelte';
import OrganisationSettings from '../../../renderer/features/organisation/OrganisationSettings.svelte';
import Restore from '../../../renderer/features/recovery/Restore.svelte';
import { en } from '../../../renderer/i18n/en';
import { FakeTransport } from '../fake-transport';
import { keyTransport } from '../keys/key-scenes';
import { services, show } from '../show';
import { managed } from './policy';

const t = en.organisation;

describe('the help desk', () => {
  test('is shown with its number, and its link leaves by the app’s gate alone', async () => {
    const fake = new FakeTransport()
      .publish('policy', managed)
      .answer({ 'links.open': () => undefined });
    show(HelpDesk, {}, services(fake));
    screen.getByText('+49 431 880-1234');
    const link = screen.getByRole('link');
    expect(await fireEvent.click(link)).toBe(false);
    expect(fake.callsOf('links.open')).toEqual([{ url: managed.helpDesk.en?.link }]);
  });

  test('is markup for nobody', () => {
    const text = '<img src=x onerror=alert(1)>';
    const helpDesk = { en: { text, link: null, phone: null }, de: null };
    const fake = new FakeTransport().publish('policy', { ...managed, helpDesk });
    show(HelpDesk, {}, services(fake));
    screen.getByText(text);
    expect(document.querySelector('img')).toBeNull();
  });

  test('is not shown where nobody is named', () => {
    const fake = new FakeTransport().publish('policy', {
      ...managed,
      helpDesk: { en: null, de: null },
    });
    show(HelpDesk, {}, services(fake));
    expect(screen.queryByText(t.helpDesk)).toBeNull();
  });
});

describe('what the organisation has set', () => {
  test('is listed with value, source, and what is wrong with it', () => {
    show(OrganisationSettings, {}, services(new FakeTransport().publish('policy', managed)));
    screen.getByText('Key backup must be set up before messages can be sent.');
    screen.getAllByText('/etc/holdfast/policies/10-university.json');
    screen.getByText(t.malformedRecommended);
    screen.getByText(t.problems.unsafe(), { exact: false });
  });

  test('names the help desk in words', () => {
    const [any] = managed.settings;
    const settings =
      any === undefined ? [] : [{ ...any, name: 'helpDesk' as const, value: '{"en":{}}' }];
    const helpDesk = {
      en: { text: 'Service desk', link: 'mailto:help@uni-kueste.example', phone: '+49 431 880' },
      de: null,
    };
    const policy = { ...managed, settings, helpDesk };
    show(OrganisationSettings, {}, services(new FakeTransport().publish('policy', policy)));
    screen.getByText('Service desk · +49 431 880 · help@uni-kueste.example');
    expect(screen.queryByText('{"en":{}}')).toBeNull();
  });

  test('is not mentioned where it has set nothing', () => {
    const nothing = { ...managed, settings: [], problems: [] };
    show(OrganisationSettings, {}, services(new FakeTransport().publish('policy', nothing)));
    expect(screen.queryByText(t.title)).toBeNull();
  });
});

test('a restore that is required offers no later, but signing out and the help desk', async () => {
  const fake = keyTransport({
    keys: {
      state: 'needs_restore',
      demand: 'restore',
      policy: { setupRequired: true, methods: ['key'] },
    },
  }).publish('policy', managed);
  const shown = services(fake);
  shown.deps.flows.open('restore');
  show(Restore, {}, shown);
  screen.getByText(t.helpDesk);
  expect(screen.queryByRole('button', { name: en.keys.restore.later })).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: en.keys.restore.without }));
  expect(screen.queryByRole('button', { name: en.keys.without.later })).toBeNull();
  await fireEvent.click(screen.getByRole('button', { name: en.keys.without.back }));
  await fireEvent.click(screen.getByRole('button', { name: en.keys.signOut.signOut }));
  expect(shown.deps.flows.current).toBe('sign_out');
});
