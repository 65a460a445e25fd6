import { fireEvent, render, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import App from '../../renderer/app/App.svelte';
import { failure, type FakeTransport } from './fake-transport';
import { account, roomIdOf } from './fixtures';
import { play } from './scenes';
import { services, type Shown } from './show';

function open(scene: string): FakeTransport {
  return openWith(scene).fake;
}

function openWith(scene: string): Shown {
  const fake = play({ scene, language: 'en', theme: 'dark' });
  const { deps } = services(fake);
  fake.publish('preferences', { language: 'en', theme: 'dark' });
  render(App, { deps });
  return { deps, fake };
}

describe('the window', () => {
  test('shows that it starts until the app says more', () => {
    open('starting');
    expect(screen.getByRole('heading', { name: 'Opening Holdfast' })).toBeTruthy();
  });

  test('speaks the chosen language and wears the chosen theme', async () => {
    const fake = open('sign-in');
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(document.documentElement.lang).toBe('en');
    fake.publish('preferences', { language: 'de', theme: null });
    await screen.findByRole('heading', { name: 'Willkommen bei Holdfast' });
    expect(document.documentElement.lang).toBe('de');
    expect(document.documentElement.dataset['theme']).toBeUndefined();
  });

  test('follows the desktop where nothing was chosen', async () => {
    const fake = open('sign-in');
    fake.publish('preferences', { language: null, theme: null });
    await waitFor(() => expect(document.documentElement.lang).toBe('en'));
  });

  test('goes to the rooms when the app is signed in', async () => {
    open('no-rooms');
    expect(await screen.findByText('No rooms yet')).toBeTruthy();
    expect(screen.getByText('Mira Petersen')).toBeTruthy();
  });
});

describe('a store that can’t be opened', () => {
  test('says what to do and that nothing is lost', () => {
    open('store');
    expect(screen.getByRole('heading', { name: 'Your password store is locked' })).toBeTruthy();
    expect(screen.getByText(/Nothing was deleted/u)).toBeTruthy();
  });

  test('is tried again on request, and a new reason replaces the old', async () => {
    const fake = open('store').answer({
      'app.retryStore': () => {
        throw failure('disk_full');
      },
    });
    await fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
    expect(await screen.findByText(/The disk is full/u)).toBeTruthy();
    expect(fake.callsOf('app.retryStore')).toHaveLength(1);
  });
});

describe('what was written and not sent', () => {
  const any = roomIdOf('any');

  test('outlives a restart of the engine, and no signing out', async () => {
    const { deps, fake } = openWith('no-rooms');
    await screen.findByText('No rooms yet');
    deps.drafts.keep(any, 'half a thought');
    fake.publish('app', { phase: 'starting' });
    await screen.findByRole('heading', { name: 'Opening Holdfast' });
    expect(deps.drafts.of(any)).toBe('half a thought');
    fake.publish('app', { phase: 'signed_in', account });
    fake.publish('app', { phase: 'signed_out' });
    await waitFor(() => expect(deps.drafts.of(any)).toBe(''));
  });
});

describe('without a connection', () => {
  test('the window says so and goes on working', async () => {
    const fake = open('no-rooms');
    fake.publish('connection', { state: 'reconnecting', retryAt: null });
    expect(await screen.findByText(/No connection. Reconnecting/u)).toBeTruthy();
  });
});
