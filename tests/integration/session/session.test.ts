import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import type { Homeserver, RegisteredUser } from '../../support/homeserver/homeserver';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { matrixError, testFetch, type Intercept } from '../../support/engine/test-fetch';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { Device } from '../../support/partner/device';
import { openProfileStore } from '../../../main/store/profile-store';
import { readEnded } from '../../../main/engine/session/ended-session';
import { loginWithPassword } from '../../../main/engine/session/password-login';
import { CollectionProbe } from '../timeline/collection-probe';
import { says } from '../timeline/content';
import { watch } from '../timeline/conversation';

let homeserver: Homeserver;
let user: RegisteredUser;

beforeAll(async () => {
  homeserver = await sharedHomeserver();
  user = await homeserver.registerUser(uniqueName('ada'));
});

afterAll(async () => {
  await removeProfiles();
});

describe('signing in', () => {
  const login = (change: object = {}): Parameters<TestEngine['call']>[1] => ({
    baseUrl: homeserver.baseUrl,
    user: user.name,
    password: user.password,
    ...change,
  });

  it('discovers the homeserver and what it offers', async () => {
    await using app = await startEngine();
    const found = await app.call('signIn.discover', { server: user.userId });
    expect(found).toMatchObject({
      serverName: homeserver.serverName,
      baseUrl: homeserver.baseUrl,
      passwordLogin: true,
    });
  });

  it('tells a wrong password, an unknown and a deactivated account', async () => {
    const gone = await homeserver.registerUser(uniqueName('gone'));
    await homeserver.deactivateUser(gone);
    await using app = await startEngine();
    await expect(app.call('signIn.password', login({ password: 'wrong' }) as never))
      .rejects //
      .toMatchObject({ code: 'wrong_password' });
    await expect(app.call('signIn.password', login({ user: 'nobody-here' }) as never))
      .rejects //
      .toMatchObject({ code: 'wrong_password' });
    await expect(
      app.call('signIn.password', login({ user: gone.name, password: gone.password }) as never),
    ).rejects.toMatchObject({
      code: expect.stringMatching(/^(account_deactivated|wrong_password)$/) as string,
    });
  });

  it.each<[string, Intercept, string]>([
    ['too many tries', limited, 'rate_limited'],
    ['an account that was closed', answer(403, 'M_USER_DEACTIVATED'), 'account_deactivated'],
    ['a server without passwords', answer(400, 'M_UNKNOWN'), 'login_unsupported'],
    [
      'a server in trouble',
      () => Promise.resolve(new Response('<p>', { status: 502 })),
      'server_error',
    ],
    ['a server in trouble that says so', answer(500, 'M_UNKNOWN'), 'server_error'],
    ['a portal page', () => Promise.resolve(new Response('<p>Welcome')), 'server_not_matrix'],
    ['no network', () => Promise.reject(new TypeError('fetch failed')), 'offline'],
  ])('says what went wrong: %s', async (_what, intercept, code) => {
    await using app = await startEngine({
      intercept: (request, onward) =>
        request.url.pathname.endsWith('/login') ? intercept(request, onward) : onward(),
    });
    await expect(app.call('signIn.password', login() as never)).rejects.toMatchObject({ code });
    expect(app.account).toBeNull();
  });

  it("knows the account's display name", async () => {
    const named = await homeserver.registerUser(uniqueName('named'));
    const { baseUrl } = homeserver;
    const other = await Device.signIn({ baseUrl, user: named.userId, password: named.password });
    await other.client.setDisplayName('Ada Lovelace');
    await other.signOut();
    await using app = await startEngine({ signIn: { homeserver, user: named } });
    expect(app.account).toMatchObject({
      userId: named.userId,
      serverName: homeserver.serverName,
      displayName: 'Ada Lovelace',
    });
  });
});

describe('the session', () => {
  it('comes back after a restart without a network, with rooms and messages', async () => {
    const { baseUrl } = homeserver;
    const benUser = await homeserver.registerUser(uniqueName('ben'));
    await using ben = await Device.signIn({
      baseUrl,
      user: benUser.userId,
      password: benUser.password,
    });
    const app = await startEngine({ signIn: { homeserver, user } });
    const roomId = (await ben.createRoom({ name: 'Seminar', invite: [user.userId] })) as RoomId;
    const rooms = new CollectionProbe('rooms', app.engine.topics.rooms);
    await rooms.waitFor((probe) => probe.get(roomId) !== undefined);
    await app.call('rooms.accept', { roomId });
    await ben.member(roomId, user.userId);
    await ben.say(roomId, 'Kept for later');
    await rooms.waitFor((probe) => probe.get(roomId)?.lastMessage?.content.kind === 'text');
    await app.stop();

    await using again = await startEngine({
      profile: app.profile,
      intercept: () => Promise.reject(new TypeError('fetch failed')),
    });
    expect(again.account?.userId).toBe(user.userId);
    const stored = new CollectionProbe('rooms', again.engine.topics.rooms);
    await stored.waitFor((probe) => probe.get(roomId)?.name === 'Seminar');
    const timeline = watch(again, roomId);
    await timeline.waitFor(({ items }) => items.some(says('Kept for later')));
    expect(again.connection.history.map(({ state }) => state)).not.toContain('online');

    again.intercept(null);
    again.engine.session.client.retryImmediately();
    await again.connection.waitFor(({ state }) => state === 'online');
  });

  it('starts with what is stored on a network that swallows everything', async () => {
    const app = await startEngine({ signIn: { homeserver, user } });
    const known = new CollectionProbe('rooms', app.engine.topics.rooms);
    await known.waitFor(({ items }) => items.length > 0);
    await app.connection.waitFor(({ state }) => state === 'online');
    await app.stop();

    await using again = await startEngine({ profile: app.profile, intercept: swallow });
    expect(again.account?.userId).toBe(user.userId);
    const rooms = new CollectionProbe('rooms', again.engine.topics.rooms);
    await rooms.waitFor(({ items }) => items.length === known.items.length && items.length > 0);
  });

  it('that the server revoked ends, and its device is not taken up again', async () => {
    const app = await startEngine({ signIn: { homeserver, user } });
    await app.connection.waitFor(({ state }) => state === 'online');
    app.intercept(onSync(() => matrixError(401, 'M_UNKNOWN_TOKEN')));
    await expect.poll(() => app.account).toBeNull();
    await app.stop();

    await using again = await startEngine({ profile: app.profile });
    expect(again.account).toBeNull();
  });

  it('that the server put to sleep leaves its device to be taken up again', async () => {
    const app = await startEngine({ signIn: { homeserver, user } });
    const { deviceId } = app.account!;
    await app.connection.waitFor(({ state }) => state === 'online');
    app.intercept(
      onSync(() =>
        Response.json(
          { errcode: 'M_UNKNOWN_TOKEN', error: 'expired', soft_logout: true },
          { status: 401 },
        ),
      ),
    );
    await expect.poll(() => app.account).toBeNull();

    await app.stop();
    const store = openProfileStore(app.profile.dir, app.profile.storeKey);
    const resume = readEnded(store.crypto.records);
    store.close();
    expect(resume).toMatchObject({ userId: user.userId, deviceId });
    const { fetch } = testFetch(null);
    const login = { baseUrl: homeserver.baseUrl, user: user.name, password: user.password };
    const session = await loginWithPassword(fetch, login, resume);
    expect(session.deviceId).toBe(deviceId);
  });
});

const limited: Intercept = () => {
  const response = matrixError(429, 'M_LIMIT_EXCEEDED');
  response.headers.set('retry-after', '3');
  return Promise.resolve(response);
};

function answer(status: number, errcode: string): Intercept {
  return () => Promise.resolve(matrixError(status, errcode));
}

function onSync(respond: () => Response): Intercept {
  return (request, onward) =>
    request.url.pathname.endsWith('/sync') ? Promise.resolve(respond()) : onward();
}

/** A request that gets no answer; it ends with the test. */
const swallow: Intercept = () => new Promise(() => undefined);
