/** A real Synapse with a real single sign-on, and a browser that does what its pages say. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { startCasServer, type CasServer } from '../../support/single-sign-on/cas-server';
import { setUpByKey } from '../keys/setup-by';

let cas: CasServer;
let homeserver: Homeserver;
let laptop: TestEngine | null = null;

beforeAll(async () => {
  cas = await startCasServer();
  homeserver = await startHomeserver({
    config: { cas_config: { enabled: true, server_url: cas.url } },
  });
}, 90_000);
afterEach(async () => {
  await laptop?.stop();
  laptop = null;
});
afterAll(async () => {
  await homeserver.stop();
  await cas.stop();
  await removeProfiles();
});

/** Follows redirects as a browser does, with its cookies. */
async function browse(url: string): Promise<string> {
  const cookies = new Map<string, string>();
  for (let next = url; ;) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const response = await fetch(next, { redirect: 'manual', headers: { cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(set)!;
      cookies.set(name!, value!);
    }
    const location = response.headers.get('location');
    if (location === null) return response.text();
    next = new URL(location, next).href;
  }
}

const links = (page: string): string[] =>
  [...page.matchAll(/href="([^"]+)"/g)].map(([, href]) => href!.replaceAll('&amp;', '&'));

/** An account that has signed in by single sign-on once, on an engine of its own. */
async function signedIn(): Promise<{ engine: TestEngine; user: RegisteredUser }> {
  const user = await homeserver.registerUser(uniqueName('eve'));
  cas.user = user.name;
  await browse(
    `${homeserver.baseUrl}/_matrix/client/v3/login/sso/redirect?redirectUrl=https://app.example/`,
  );
  laptop = await startEngine({ signIn: { homeserver, user } });
  return { engine: laptop, user };
}

async function beginReset(engine: TestEngine): Promise<void> {
  const made = await engine.call('keyChange.begin', {
    operation: 'reset_everything',
    choice: { method: 'key' },
  });
  await engine.call('setup.prove', { by: 'text', text: made!.recoveryKey });
  await engine.call('setup.secure', {});
  await engine.interactiveAuth.waitFor(({ step }) => step === 'asking');
}

/** What main does on `interactiveAuth.openPage`. */
const openPage = ({ engine }: TestEngine): string => engine.session.interactiveAuth.openPage();

describe('the confirmation by single sign-on', () => {
  it('is given in the browser, and what was asked goes on by itself', async () => {
    const { engine } = await signedIn();
    await setUpByKey(engine);
    await beginReset(engine);
    expect(engine.interactiveAuth.value).toMatchObject({ ways: ['password', 'browser'] });
    const page = openPage(engine);
    expect(page.startsWith(`${homeserver.baseUrl}/_matrix/client/v3/auth/m.login.sso/`)).toBe(true);
    expect(engine.interactiveAuth.value).toMatchObject({ opened: true });
    const confirm = links(await browse(page)).find((href) => href.startsWith(cas.url));
    await browse(confirm!);
    await engine.keyChange.waitFor(({ step }) => step === 'done');
    expect(engine.interactiveAuth.value).toEqual({ step: 'none' });
    await engine.keys.waitFor(({ state }) => state === 'ready');
  });

  it('by somebody else does not count, and the page can be opened again', async () => {
    const { engine, user } = await signedIn();
    await setUpByKey(engine);
    await beginReset(engine);
    const other = await homeserver.registerUser(uniqueName('mallory'));
    const first = links(await browse(openPage(engine))).find((href) => href.startsWith(cas.url));
    cas.user = other.name;
    await browse(first!);
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    expect(engine.keyChange.value).toMatchObject({ doing: 'replace_identity', cancellable: true });
    cas.user = user.name;
    const again = links(await browse(openPage(engine))).find((href) => href.startsWith(cas.url));
    await browse(again!);
    await engine.keyChange.waitFor(({ step }) => step === 'done');
  });

  it('may be given by password instead, though the page is open', async () => {
    const { engine, user } = await signedIn();
    await setUpByKey(engine);
    await beginReset(engine);
    openPage(engine);
    await engine.call('interactiveAuth.enterPassword', { password: user.password });
    await engine.keyChange.waitFor(({ step }) => step === 'done');
  });

  it('is waited for while the server does not answer', async () => {
    const { engine } = await signedIn();
    await setUpByKey(engine);
    await beginReset(engine);
    const confirm = links(await browse(openPage(engine))).find((href) => href.startsWith(cas.url));
    let failures = 0;
    engine.intercept(async ({ url }, onward) => {
      if (!url.pathname.endsWith('/device_signing/upload') || failures === 2) return onward();
      failures += 1;
      throw new TypeError('No network');
    });
    await browse(confirm!);
    await engine.keyChange.waitFor(({ step }) => step === 'done');
    expect(failures).toBe(2);
  });
});
