import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { readStoredSession } from '../../../main/engine/session/stored-session';
import { openProfileStore } from '../../../main/store/profile-store';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { Homeserver, RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';

let homeserver: Homeserver;
let user: RegisteredUser;

beforeAll(async () => {
  homeserver = await sharedHomeserver();
});
beforeEach(async () => {
  user = await homeserver.registerUser(uniqueName('ada'));
});
afterAll(async () => {
  await removeProfiles();
});

const login = (): { baseUrl: string; user: string; password: string } => ({
  baseUrl: homeserver.baseUrl,
  user: user.name,
  password: user.password,
});

describe('changing the account', () => {
  it('lets one of two sign-ins at the same time through', async () => {
    let logins = 0;
    await using app = await startEngine({
      intercept: (request, onward) => {
        if (request.url.pathname.endsWith('/login')) logins += 1;
        return onward();
      },
    });
    const [first, second] = await Promise.allSettled([
      app.call('signIn.password', login()),
      app.call('signIn.password', login()),
    ]);
    expect(first.status).toBe('fulfilled');
    expect(second).toMatchObject({ status: 'rejected', reason: { code: 'not_allowed' } });
    expect(logins).toBe(1);
  });

  it('leaves nothing behind when a sign-in fails half-way', async () => {
    const paths: string[] = [];
    await using app = await startEngine({
      intercept: (request, onward) => {
        paths.push(request.url.pathname.split('/').at(-1) ?? '');
        return onward();
      },
    });
    const broken = cryptoStoreFails();
    await expect(app.call('signIn.password', login())).rejects.toThrow();
    broken.mockRestore();
    expect(paths).toContain('logout');
    expect(app.account).toBeNull();
    await app.call('signIn.password', login());
    expect(app.account).not.toBeNull();
  });

  it('keeps no session of a sign-in that failed half-way', async () => {
    const app = await startEngine();
    const broken = cryptoStoreFails();
    await expect(app.call('signIn.password', login())).rejects.toThrow();
    broken.mockRestore();
    await app.stop();
    expect(storedSession(app)).toBeNull();
  });
});

function cryptoStoreFails(): { mockRestore(): void } {
  return vi.spyOn(globalThis.indexedDB, 'open').mockImplementation(() => {
    throw new Error('The disk is full');
  });
}

function storedSession(app: TestEngine): unknown {
  const store = openProfileStore(app.profile.dir, app.profile.storeKey);
  const session = readStoredSession(store.crypto.records);
  store.close();
  return session;
}
