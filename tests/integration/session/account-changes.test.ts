import { ClientEvent, EventType } from 'matrix-js-sdk';
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

  it('counts again when nothing can arrive any more, and goes on where keys have come', async () => {
    const paths: string[] = [];
    await using app = await startEngine({
      signIn: { homeserver, user },
      intercept: (request, onward) => {
        paths.push(request.url.pathname.split('/').at(-1) ?? '');
        return onward();
      },
    });
    await app.connection.waitFor(({ state }) => state === 'online');
    const { client, keys } = app.engine.session;
    const risk = { state: 'ready', encryptedRooms: 1 } as const;
    vi.spyOn(keys, 'signOutRisk')
      .mockResolvedValueOnce({ ...risk, pendingKeys: 0, safe: true })
      .mockResolvedValueOnce({ ...risk, pendingKeys: 1, safe: false });
    await expect(app.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
      code: 'keys_pending',
      data: { count: 1 },
    });
    expect(paths).not.toContain('logout');
    const arrived = new Promise((resolve) => client.once(ClientEvent.AccountData, resolve));
    await client.setAccountData(EventType.Direct, {});
    await arrived;
  });

  it('shows nobody as signed in after a sign-out that the store could not note', async () => {
    await using app = await startEngine({ signIn: { homeserver, user } });
    const { client } = app.engine.session;
    await app.connection.waitFor(({ state }) => state === 'online');
    vi.spyOn(client.store, 'save').mockRejectedValueOnce(new Error('The disk is full'));
    await expect(app.call('signOut.confirm', { acceptLoss: true })).rejects.toThrow();
    expect(app.account).toBeNull();
    expect(app.connection.value).toEqual({ state: 'connecting' });
  });

  it('signs out where no key can be lost', async () => {
    await using app = await startEngine({ signIn: { homeserver, user } });
    await app.connection.waitFor(({ state }) => state === 'online');
    await app.call('signOut.confirm', { acceptLoss: false });
    expect(app.account).toBeNull();
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
