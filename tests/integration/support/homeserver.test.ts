import { describe, expect, it } from 'vitest';
import { startHomeserver } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';

async function login(baseUrl: string, user: string, password: string): Promise<number> {
  const response = await fetch(`${baseUrl}/_matrix/client/v3/login`, {
    method: 'POST',
    body: JSON.stringify({
      type: 'm.login.password',
      identifier: { type: 'm.id.user', user },
      password,
    }),
  });
  return response.status;
}

describe('the shared homeserver', () => {
  it('registers accounts that can log in', async () => {
    const homeserver = await sharedHomeserver();
    const user = await homeserver.registerUser(uniqueName('alice'));
    expect(user.userId).toBe(`@${user.name}:${homeserver.serverName}`);
    expect(await login(homeserver.baseUrl, user.name, user.password)).toBe(200);
  });

  it('deactivates accounts', async () => {
    const homeserver = await sharedHomeserver();
    const user = await homeserver.registerUser(uniqueName('gone'));
    await homeserver.deactivateUser(user);
    expect(await login(homeserver.baseUrl, user.name, user.password)).toBe(403);
  });

  it('never limits the rate of logins', async () => {
    const homeserver = await sharedHomeserver();
    const user = await homeserver.registerUser(uniqueName('busy'));
    const attempts = Array.from({ length: 20 }, () =>
      login(homeserver.baseUrl, user.name, user.password),
    );
    expect(new Set(await Promise.all(attempts))).toEqual(new Set([200]));
  });

  it('names itself in .well-known', async () => {
    const homeserver = await sharedHomeserver();
    const response = await fetch(`${homeserver.baseUrl}/.well-known/matrix/client`);
    expect(await response.json()).toMatchObject({
      'm.homeserver': { base_url: `${homeserver.baseUrl}/` },
    });
  });
});

describe('a homeserver of a test’s own', () => {
  it('limits rates and hides .well-known when asked to, and ends when stopped', async () => {
    const homeserver = await startHomeserver({ rateLimits: true, wellKnown: false });
    const user = await homeserver.registerUser('alice', 'a password');
    const attempts: number[] = [];
    for (let attempt = 0; attempt < 10; attempt += 1) {
      attempts.push(await login(homeserver.baseUrl, user.name, 'wrong'));
    }
    expect(attempts).toContain(429);
    const wellKnown = await fetch(`${homeserver.baseUrl}/.well-known/matrix/client`);
    expect(wellKnown.status).toBe(404);

    await homeserver.stop();
    await expect(fetch(`${homeserver.baseUrl}/_matrix/client/versions`)).rejects.toThrow();
  });
});
