/** One store, one person: whose it is, and what becomes of a sign-in by somebody else. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { FreshLogin } from '../../../main/engine/session/stored-session';
import { openProfileStore } from '../../../main/store/profile-store';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { Homeserver, RegisteredUser } from '../../support/homeserver/homeserver';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';

let homeserver: Homeserver;
let ada: RegisteredUser;
let bob: RegisteredUser;

beforeAll(async () => {
  homeserver = await sharedHomeserver();
  ada = await homeserver.registerUser(uniqueName('ada'));
  bob = await homeserver.registerUser(uniqueName('bob'));
});
afterAll(async () => {
  await removeProfiles();
});

const loginOf = (user: RegisteredUser): { baseUrl: string; user: string; password: string } => ({
  baseUrl: homeserver.baseUrl,
  user: user.name,
  password: user.password,
});

/** A profile that Ada has used and signed out of. */
async function usedByAda(): Promise<TestEngine['profile']> {
  const app = await startEngine({ signIn: { homeserver, user: ada } });
  await app.connection.waitFor(({ state }) => state === 'online');
  await app.call('signOut.confirm', { acceptLoss: true });
  await app.stop();
  return app.profile;
}

/** All that the profile's encrypted stores hold: names of databases, and the named values. */
async function contentOf({ dir, storeKey }: TestEngine['profile']): Promise<unknown> {
  const store = openProfileStore(dir, storeKey);
  const databases = async ({ indexedDB }: (typeof store)['crypto']): Promise<string[]> =>
    (await indexedDB.databases()).map(({ name }) => name ?? '').sort();
  const owner = store.crypto.records.get('owner');
  const session = store.crypto.records.get('session');
  const content = {
    crypto: await databases(store.crypto),
    cache: await databases(store.cache),
    owner,
    session,
  };
  store.close();
  return content;
}

function forget(profile: TestEngine['profile'], record: string): void {
  const store = openProfileStore(profile.dir, profile.storeKey);
  store.crypto.records.delete(record);
  store.close();
}

describe('the store of one person', () => {
  it('is never opened for another one, who is handed over with a login that works', async () => {
    const profile = await usedByAda();
    const before = await contentOf(profile);
    const handed: FreshLogin[] = [];
    const app = await startEngine({
      profile,
      placeLogin: (login, fitsStore) => {
        expect(fitsStore).toBe(false);
        handed.push(login);
        return Promise.resolve('elsewhere');
      },
    });
    await app.call('signIn.password', loginOf(bob));
    expect(app.account).toBeNull();
    expect(app.engine.topics.rooms.items).toEqual([]);
    await app.stop();
    expect(await contentOf(profile)).toEqual(before);

    const [login] = handed;
    if (login === undefined) throw new Error('Nothing was handed over');
    const logins: string[] = [];
    await using own = await startEngine({
      intercept: ({ url }, onward) => {
        if (url.pathname.endsWith('/login')) logins.push(url.pathname);
        return onward();
      },
    });
    await own.engine.adopt(login);
    await own.connection.waitFor(({ state }) => state === 'online');
    expect(own.account).toMatchObject({ userId: bob.userId, deviceId: login.session.deviceId });
    expect(logins).toEqual([]);
    // What the password was is still known, so that it does not become the phrase (I8).
    await expect(
      own.call('setup.begin', {
        method: 'phrase',
        phrase: bob.password,
        repeated: bob.password,
      }),
    ).rejects.toMatchObject({ code: 'phrase_is_password' });
  });

  it.each([
    ['as it was noted', (): void => undefined],
    [
      'by its databases where an earlier version noted nothing',
      (profile: TestEngine['profile']): void => {
        forget(profile, 'owner');
      },
    ],
  ])('knows its person %s', async (_name, prepare) => {
    const profile = await usedByAda();
    prepare(profile);
    const asked: boolean[] = [];
    await using app = await startEngine({
      profile,
      placeLogin: (_login, fitsStore) => {
        asked.push(fitsStore);
        return Promise.resolve(fitsStore ? 'here' : 'elsewhere');
      },
    });
    await app.call('signIn.password', loginOf(bob));
    expect(app.account).toBeNull();
    await app.call('signIn.password', loginOf(ada));
    expect(app.account).toMatchObject({ userId: ada.userId });
    expect(asked).toEqual([false, true]);
  });

  it('refuses to adopt a login of somebody else, and keeps none of it', async () => {
    const profile = await usedByAda();
    const before = await contentOf(profile);
    const app = await startEngine({ profile });
    const session = { userId: bob.userId, deviceId: 'D', baseUrl: homeserver.baseUrl };
    const password = { salt: new Uint8Array(16), hash: new Uint8Array(32) };
    await expect(
      app.engine.adopt({ session: { ...session, accessToken: 'secret' }, password }),
    ).rejects.toMatchObject({ code: 'not_allowed' });
    await app.stop();
    expect(await contentOf(profile)).toEqual(before);
  });

  it('ends the login on the server where nobody can take it over', async () => {
    const profile = await usedByAda();
    const paths: string[] = [];
    await using app = await startEngine({
      profile,
      placeLogin: () => Promise.reject(new Error('The disk is full')),
      intercept: ({ url }, onward) => {
        paths.push(url.pathname.split('/').at(-1) ?? '');
        return onward();
      },
    });
    await expect(app.call('signIn.password', loginOf(bob))).rejects.toThrow();
    expect(paths.slice(-2)).toEqual(['login', 'logout']);
  });
});
