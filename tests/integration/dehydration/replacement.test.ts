/** When a dehydrated device is replaced, and when what was sent to it must stay. */
import { DehydratedDeviceKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { Method } from 'matrix-js-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import type { Intercept } from '../../support/engine/test-fetch';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { clientOf } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';

const prefix = '/_matrix/client/unstable/org.matrix.msc3814.v1';
const secret = 'org.matrix.msc3814';
const day = 86_400_000;
let homeserver: Homeserver;
let user: RegisteredUser;
let engine: TestEngine;

beforeAll(async () => {
  homeserver = await startHomeserver({
    config: { experimental_features: { msc3814_enabled: true } },
  });
});
beforeEach(async () => {
  user = await homeserver.registerUser(uniqueName('ada'));
  engine = await startEngine({ signIn: { homeserver, user } });
});
afterEach(async () => {
  vi.useRealTimers();
  await engine.stop();
});
afterAll(async () => {
  await removeProfiles();
  await homeserver.stop();
});

/** Rejects where the server's answer is not known, so that no answer never passes for "none". */
async function deviceOnServer(): Promise<string | null> {
  const { baseUrl, headers } = access();
  const answer = await fetch(`${baseUrl}${prefix}/dehydrated_device`, { headers });
  if (answer.status === 404) return null;
  expect(answer.status).toBe(200);
  return ((await answer.json()) as { device_id: string }).device_id;
}

function access(): { baseUrl: string; headers: Record<string, string> } {
  const client = clientOf(engine);
  return {
    baseUrl: client.baseUrl,
    headers: { authorization: `Bearer ${client.getAccessToken()!}` },
  };
}

/** Gives it several occasions, and the time that a replacement takes. */
async function settle(): Promise<void> {
  const { keys } = engine.engine.topics;
  for (let times = 0; times < 6; times += 1) {
    keys.set({ ...keys.value, state: 'ready', encryptedRooms: times + 100 });
    await sleep(300);
  }
}

async function setUp(): Promise<{ recoveryKey: string; own: string }> {
  const recoveryKey = await setUpByKey(engine);
  await expect.poll(deviceOnServer, { timeout: 20_000 }).not.toBeNull();
  await settle();
  return { recoveryKey, own: (await deviceOnServer())! };
}

async function restartAfter(days: number): Promise<void> {
  await engine.stop();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * day });
  engine = await startEngine({ profile: engine.profile });
  await engine.keys.waitFor(({ state }) => state === 'ready');
  await settle();
}

/** What another client does with a key that this device does not have. */
async function anothersDevice(): Promise<string> {
  const client = clientOf(engine);
  const key = DehydratedDeviceKey.createRandomKey();
  const device = await olmMachineOf(client).dehydratedDevices().create();
  const { body } = await device.keysForUpload('Another client', key);
  key.free();
  const made: unknown = JSON.parse(body);
  await client.http.authedRequest(Method.Put, '/dehydrated_device', {}, made as object, { prefix });
  const id = await deviceOnServer();
  return id!;
}

/** Another client replaces the key of dehydrated devices in secret storage. */
async function replaceStoredKey(): Promise<void> {
  const { baseUrl, headers } = access();
  const of = `${baseUrl}/_matrix/client/v3/user/${encodeURIComponent(user.userId)}/account_data`;
  const standard = await fetch(`${of}/m.secret_storage.default_key`, { headers });
  const { key } = (await standard.json()) as { key: string };
  const theirs = { iv: 'AA', ciphertext: 'AA', mac: 'AA' };
  const body = JSON.stringify({ encrypted: { [key]: theirs } });
  const answer = await fetch(`${of}/${secret}`, { method: 'PUT', headers, body });
  expect(answer.status).toBe(200);
}

async function phoneInstead(intercept?: Intercept): Promise<void> {
  await engine.stop();
  engine = await startEngine({
    signIn: { homeserver, user },
    ...(intercept === undefined ? {} : { intercept }),
  });
}

describe('a dehydrated device of this device', () => {
  it('is replaced once a week, before its keys are used up, and not earlier', async () => {
    const { own } = await setUp();
    await restartAfter(6);
    expect(await deviceOnServer()).toBe(own);
    // The same wait, so that it was long enough before.
    await restartAfter(2);
    const second = await deviceOnServer();
    expect(second).toEqual(expect.any(String));
    expect(second).not.toBe(own);
  });

  it('is replaced by none that the recovery key could not open', async () => {
    const { own } = await setUp();
    await replaceStoredKey();
    await restartAfter(8);
    expect(await deviceOnServer()).toBe(own);
  });
});

describe('a dehydrated device of another client', () => {
  it('stays, however old it gets', async () => {
    await setUp();
    const theirs = await anothersDevice();
    for (const days of [8, 8]) {
      await restartAfter(days);
      expect(await deviceOnServer()).toBe(theirs);
    }
  });

  it('stays where storage holds another key by now, which may open it', async () => {
    const { recoveryKey } = await setUp();
    const theirs = await anothersDevice();
    let looks = 0;
    await phoneInstead(async ({ method, url }, onward) => {
      const isLook = method === 'GET' && url.pathname.endsWith('/dehydrated_device');
      // The first look comes with the recovery key, the second before what replaces it.
      if (isLook && (looks += 1) === 2) await replaceStoredKey();
      return onward();
    });
    await engine.call('restore.begin', { secret: recoveryKey });
    await engine.keys.waitFor(({ state }) => state === 'ready');
    await settle();
    expect(looks).toBeGreaterThanOrEqual(2);
    expect(await deviceOnServer()).toBe(theirs);
  });

  it('stays where it is not understood, and is replaced once it is known that nothing opens it', async () => {
    const { recoveryKey } = await setUp();
    const theirs = await anothersDevice();
    let isChanged = false;
    await phoneInstead(async ({ method, url }, onward) => {
      const answer = await onward();
      if (method !== 'GET' || !url.pathname.endsWith('/dehydrated_device')) return answer;
      isChanged = true;
      const device = (await answer.json()) as { device_data: object };
      const later = { ...device.device_data, algorithm: 'of.a.later.client' };
      return Response.json({ ...device, device_data: later });
    });
    await engine.call('restore.begin', { secret: recoveryKey });
    await engine.keys.waitFor(({ state }) => state === 'ready');
    await settle();
    expect(isChanged).toBe(true);
    expect(await deviceOnServer()).toBe(theirs);

    engine.intercept(null);
    await settle();
    const ours = await deviceOnServer();
    expect(ours).toEqual(expect.any(String));
    expect(ours).not.toBe(theirs);
  });
});
