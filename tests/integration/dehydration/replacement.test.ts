/** When a dehydrated device is replaced, and when what was sent to it must stay. */
import { DehydratedDeviceKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { Method } from 'matrix-js-sdk';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { olmMachineOf } from '../../../main/engine/keys/olm-machine';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import {
  startHomeserver,
  type Homeserver,
  type RegisteredUser,
} from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { newKeyProven } from '../keys-change/change-by';
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

/** Waits for another one than that; the server takes the old one away before it has the new one. */
async function deviceInPlaceOf(old: string): Promise<string> {
  let device: string | null = null;
  await expect
    .poll(async () => (device = await deviceOnServer()))
    .toSatisfy((id) => id !== null && id !== old);
  return device!;
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
  await expect.poll(deviceOnServer).not.toBeNull();
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
    await deviceInPlaceOf(own);
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
    await deviceInPlaceOf(theirs);
  });
});

/** Ids of the recovery keys that the key of dehydrated devices is stored for. */
async function storedFor(): Promise<string[]> {
  const { baseUrl, headers } = access();
  const of = `${baseUrl}/_matrix/client/v3/user/${encodeURIComponent(user.userId)}/account_data`;
  const answer = await fetch(`${of}/${secret}`, { headers });
  return Object.keys(((await answer.json()) as { encrypted: object }).encrypted);
}

/** A device that has what the recovery key brings, but for the key of dehydrated devices. */
async function phoneWithoutItsKey(recoveryKey: string): Promise<void> {
  await phoneInstead(async ({ url }, onward) =>
    url.pathname.endsWith('/dehydrated_device') ? matrixError(500, 'M_UNKNOWN') : onward(),
  );
  await engine.call('restore.begin', { secret: recoveryKey });
  await engine.restore.waitFor(({ step }) => step === 'done');
  await engine.keys.waitFor(({ state }) => state === 'ready');
  await settle();
  engine.intercept(null);
}

async function newRecoveryKey(): Promise<string> {
  const recoveryKey = await newKeyProven(engine, true);
  await engine.call('setup.secure', {});
  await engine.keyChange.waitFor(({ step }) => step === 'done');
  await settle();
  return recoveryKey;
}

async function resetEverything(): Promise<void> {
  const choice = { method: 'key' } as const;
  const made = await engine.call('keyChange.begin', { operation: 'reset_everything', choice });
  await engine.call('setup.prove', { by: 'text', text: made!.recoveryKey });
  await engine.call('setup.secure', {});
  await engine.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
  await engine.call('interactiveAuth.enterPassword', { password: user.password });
  await engine.keyChange.waitFor(({ step }) => step === 'done');
  await settle();
}

describe('a new recovery key, where the old one may be in wrong hands', () => {
  it('takes over the key of dehydrated devices, and the old one opens them no more', async () => {
    const { own } = await setUp();
    const [old] = await storedFor();
    const newKey = await newRecoveryKey();
    expect(await storedFor()).toHaveLength(1);
    expect(await storedFor()).not.toContain(old);
    expect(await deviceOnServer()).toBe(own);
    await phoneInstead();
    await engine.call('restore.begin', { secret: newKey });
    // Taken in, and replaced by one of this device.
    await deviceInPlaceOf(own);
  });

  it('leaves the only key to the device of another client, and that device', async () => {
    const { recoveryKey, own } = await setUp();
    const before = await storedFor();
    await phoneWithoutItsKey(recoveryKey);
    await newRecoveryKey();
    expect(await storedFor()).toEqual(before);
    expect(await deviceOnServer()).toBe(own);
  });
});

describe('a reset of everything', () => {
  it('replaces the dehydrated device, which the former identity has signed', async () => {
    const { own } = await setUp();
    await resetEverything();
    await deviceInPlaceOf(own);
  });

  it('does so on a device that never had its key, and once only', async () => {
    const { own } = await setUp();
    await phoneInstead();
    await engine.keys.waitFor(({ state }) => state === 'needs_restore');
    await resetEverything();
    const second = await deviceInPlaceOf(own);
    await settle();
    expect(await deviceOnServer()).toBe(second);
  });
});
