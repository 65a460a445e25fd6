/** When a dehydrated device is replaced, though nothing was taken from it. */
import { Method } from 'matrix-js-sdk';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { removeProfiles, startEngine, type TestEngine } from '../../support/engine/start-engine';
import { startHomeserver, type Homeserver } from '../../support/homeserver/homeserver';
import { uniqueName } from '../../support/homeserver/shared';
import { clientOf } from '../keys/conversation';
import { setUpByKey } from '../keys/setup-by';

const prefix = '/_matrix/client/unstable/org.matrix.msc3814.v1';
const day = 86_400_000;
let homeserver: Homeserver;
let engine: TestEngine;

beforeAll(async () => {
  homeserver = await startHomeserver({
    config: { experimental_features: { msc3814_enabled: true } },
  });
});
afterEach(async () => {
  vi.useRealTimers();
  await engine.stop();
});
afterAll(async () => {
  await removeProfiles();
  await homeserver.stop();
});

async function deviceOnServer(): Promise<string | null> {
  const { http } = clientOf(engine);
  return http
    .authedRequest<{ device_id: string }>(Method.Get, '/dehydrated_device', {}, undefined, {
      prefix,
    })
    .then(
      ({ device_id: id }) => id,
      () => null,
    );
}

async function restartAfter(days: number): Promise<void> {
  await engine.stop();
  vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + days * day });
  engine = await startEngine({ profile: engine.profile });
  await engine.keys.waitFor(({ state }) => state === 'ready');
  // Whatever it set off has asked the server by now.
  await engine.call('signOut.risk', {});
}

it('is replaced once a week, before its keys are used up, and not earlier', async () => {
  const user = await homeserver.registerUser(uniqueName('ada'));
  engine = await startEngine({ signIn: { homeserver, user } });
  await setUpByKey(engine);
  await expect.poll(deviceOnServer, { timeout: 20_000 }).not.toBeNull();
  const first = await deviceOnServer();
  await restartAfter(6);
  expect(await deviceOnServer()).toBe(first);
  await restartAfter(2);
  await expect.poll(deviceOnServer, { timeout: 20_000 }).not.toBe(first);
  expect(await deviceOnServer()).not.toBeNull();
});
