import { fireEvent, screen, waitFor } from '@testing-library/svelte';
import { describe, expect, test } from 'vitest';
import type { ErrorCode } from '../../preload/errors';
import type { Homeserver } from '../../preload/model/app';
import SignIn from '../../renderer/features/sign-in/SignIn.svelte';
import { FakeTransport, failure } from './fake-transport';
import { services, show } from './show';

const homeserver: Homeserver = {
  serverName: 'uni.example',
  baseUrl: 'https://matrix.uni.example',
  passwordLogin: true,
  singleSignOn: [],
};

const field = (label: string): HTMLInputElement => screen.getByLabelText(label);
const press = (name: string): Promise<unknown> =>
  fireEvent.click(screen.getByRole('button', { name }));
const type = (label: string, value: string): Promise<unknown> =>
  fireEvent.input(field(label), { target: { value } });

/** What stands at a field as its error. */
const errorAt = (label: string): string => {
  const id = field(label).getAttribute('aria-describedby') ?? '';
  expect(field(label).getAttribute('aria-invalid')).toBe('true');
  return document.getElementById(id)?.textContent.trim() ?? '';
};

async function atPassword(fake: FakeTransport): Promise<FakeTransport> {
  show(SignIn, {}, services(fake.answer({ 'signIn.discover': () => homeserver })));
  await type('Server', 'uni.example');
  await press('Continue');
  await screen.findByRole('heading', { name: 'Sign in' });
  return fake;
}

describe('the server', () => {
  test('is looked for as typed, without the spaces around it', async () => {
    const fake = await atPassword(new FakeTransport());
    await type('Password', 'x');
    expect(fake.callsOf('signIn.discover')).toEqual([{ server: 'uni.example' }]);
  });

  test('has to be named before anything is asked', async () => {
    const { fake } = show(SignIn, {});
    await press('Continue');
    expect(errorAt('Server')).toContain('Please enter the name');
    expect(fake.callsOf('signIn.discover')).toEqual([]);
    expect(document.activeElement).toBe(field('Server'));
  });

  test.each<[ErrorCode, string]>([
    ['server_not_found', 'nowhere.example can’t be found'],
    ['server_not_matrix', 'not as a Matrix server'],
    ['server_certificate', 'could not prove its identity'],
    ['server_insecure', 'unprotected'],
    ['offline', 'no connection'],
    ['timeout', 'too long'],
  ])('%s is told at the field', async (code, words) => {
    const fake = new FakeTransport().answer({
      'signIn.discover': ({ server }) => {
        throw failure(code, { server });
      },
    });
    show(SignIn, {}, services(fake));
    await type('Server', 'nowhere.example');
    await press('Continue');
    await waitFor(() => expect(errorAt('Server')).toContain(words));
  });

  test('that offers no password is refused with the reason', async () => {
    const fake = new FakeTransport().answer({
      'signIn.discover': () => ({ ...homeserver, passwordLogin: false }),
    });
    show(SignIn, {}, services(fake));
    await type('Server', 'uni.example');
    await press('Continue');
    await waitFor(() => expect(errorAt('Server')).toContain('does not offer'));
  });
});

describe('the account', () => {
  test('is sent once with the found address, the password untrimmed', async () => {
    const fake = await atPassword(
      new FakeTransport().answer({ 'signIn.password': () => undefined }),
    );
    await type('User name', ' mira ');
    await type('Password', ' secret ');
    await press('Sign in');
    expect(fake.callsOf('signIn.password')).toEqual([
      { baseUrl: 'https://matrix.uni.example', user: 'mira', password: ' secret ' },
    ]);
  });

  test.each<[ErrorCode, string, string]>([
    ['wrong_password', 'Password', 'do not match'],
    ['account_deactivated', 'User name', 'deactivated'],
  ])('%s is told at the field it is about', async (code, label, words) => {
    await atPassword(
      new FakeTransport().answer({
        'signIn.password': () => {
          throw failure(code);
        },
      }),
    );
    await type('User name', 'mira');
    await type('Password', 'secret');
    await press('Sign in');
    await waitFor(() => expect(errorAt(label)).toContain(words));
  });

  test('a pause the server asks for is told above the fields', async () => {
    await atPassword(
      new FakeTransport().answer({
        'signIn.password': () => {
          throw failure('rate_limited', { retryAfterMs: 30_000 });
        },
      }),
    );
    await type('User name', 'mira');
    await type('Password', 'secret');
    await press('Sign in');
    expect((await screen.findByRole('alert')).textContent).toContain('30 seconds');
  });

  test('cannot be sent twice while the first answer is awaited', async () => {
    const fake = await atPassword(
      new FakeTransport().answer({ 'signIn.password': () => new Promise<never>(() => undefined) }),
    );
    await type('User name', 'mira');
    await type('Password', 'secret');
    await press('Sign in');
    await press('Sign in');
    expect(fake.callsOf('signIn.password')).toHaveLength(1);
    expect(screen.getByRole('button', { name: 'Sign in' }).getAttribute('aria-busy')).toBe('true');
  });

  test('another server can be chosen, and the first is still there to correct', async () => {
    await atPassword(new FakeTransport());
    await press('Use another server');
    expect(field('Server').value).toBe('uni.example');
  });
});
