/** A replaced backup that the server does not hand out just now: the key to it must outlast that. */
import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import { opensEverything } from '../keys-change/change-by';
import { readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { newBackup, readsAll, ready, setUp } from './elsewhere';

const devices = useDevices();

interface Replaced {
  /** It knows the key of the replaced backup, and has read nothing of it. */
  readonly fresh: TestEngine;
  readonly recoveryKey: string;
  readonly sent: readonly Sent[];
  readonly refused: () => number;
}

async function replacedAndRefused(status: number, errcode: string): Promise<Replaced> {
  const { laptop, sent, recoveryKey } = await setUp(devices);
  const fresh = await devices.signIn();
  let refused = 0;
  const refuse: Intercept = async ({ method, url }, onward) => {
    if (method !== 'GET' || !url.pathname.includes('/room_keys/keys')) return onward();
    if (isOfReplaced(url)) refused += 1;
    return matrixError(status, errcode);
  };
  fresh.intercept(refuse);
  await fresh.call('restore.begin', { secret: recoveryKey });
  await fresh.restore.waitFor(({ step }) => step === 'interrupted');
  await fresh.keys.waitFor(({ state }) => state === 'ready');
  await newBackup(laptop);
  await laptop.stop();
  const before = refused;
  await fresh.call('repair.tryAgain', {});
  await expect.poll(() => refused).toBeGreaterThan(before);
  return { fresh, sent, recoveryKey, refused: () => refused };
}

/** The SDK asks for the key of a single message, too, every few seconds. */
function isOfReplaced({ pathname, searchParams }: URL): boolean {
  const isWhole = /\/room_keys\/keys(?:\/[^/]+)?$/u.test(pathname);
  return isWhole && searchParams.get('version') === '1';
}

async function connectionLostAndBack(engine: TestEngine): Promise<TestEngine> {
  engine.intercept(() => Promise.reject(new TypeError('fetch failed')));
  await engine.connection.waitFor(({ state }) => state !== 'online');
  engine.intercept(null);
  await engine.connection.waitFor(({ state }) => state === 'online');
  return engine;
}

describe('a replaced backup that the server refuses to hand out', () => {
  it.each([
    [403, 'M_FORBIDDEN', 'at the next start', (engine: TestEngine) => devices.restart(engine)],
    [401, 'M_USER_LOCKED', 'once there is a connection again', connectionLostAndBack],
  ])(
    'with %i %s keeps nothing from being safe, and is read %s',
    async (status, errcode, _when, again) => {
      const { fresh, sent, recoveryKey, refused } = await replacedAndRefused(status, errcode);
      const reset = { operation: 'reset_backup', secret: recoveryKey } as const;
      await fresh.call('keyChange.begin', reset);
      await fresh.keyChange.waitFor(({ step }) => step === 'done');
      await fresh.keys.waitFor(({ state }) => state === 'ready');
      expect(await readMessage(fresh, sent[0]!)).toBeNull();
      const before = refused();
      await fresh.call('repair.tryAgain', {});
      expect(refused()).toBe(before);

      const later = await again(fresh);
      await ready(later, 2);
      await readsAll(later, sent);
      await opensEverything(devices, recoveryKey, sent);
    },
    // The loss of a connection takes its time to be noticed.
    120_000,
  );
});
