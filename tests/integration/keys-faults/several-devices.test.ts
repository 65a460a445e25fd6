/** What other devices and clients of the account do meanwhile, and the way out of it. */
import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { converse, readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { OtherClient } from './other-client';
import { ServerWitness } from './server-witness';

const devices = useDevices();

async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

async function ready(engine: TestEngine, keys: number): Promise<void> {
  await engine.keys.waitFor(
    ({ state, backedUpKeys, pendingKeys }) =>
      state === 'ready' && backedUpKeys === keys && pendingKeys === 0,
  );
}

async function takesUp(engine: TestEngine, recoveryKey: string): Promise<void> {
  await engine.call('restore.begin', { secret: recoveryKey });
  await engine.restore.waitFor(({ step }) => step === 'done');
}

async function prepared(): Promise<{ laptop: TestEngine; sent: Sent[]; recoveryKey: string }> {
  const laptop = await devices.signIn();
  const sent = await converse(laptop, 1, 2);
  const recoveryKey = await setUpByKey(laptop);
  await ready(laptop, 2);
  return { laptop, sent, recoveryKey };
}

describe('a backup that another client replaces, deleting it first', () => {
  it('in the middle of a restore, ends it with the number that is missing; they come later', async () => {
    const { laptop, sent, recoveryKey } = await prepared();
    await using other = await OtherClient.signIn(devices.user);
    const desktop = await devices.signIn();
    let replaced: Promise<void> | null = null;
    desktop.intercept(async ({ url }, onward) => {
      if (url.pathname.includes('/room_keys/keys')) {
        replaced ??= other.replaceBackup(recoveryKey);
        await replaced;
      }
      return onward();
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toMatchObject({ total: 2, failed: 2 });
    desktop.intercept(null);
    await laptop.call('signOut.risk', {});
    await takesUp(laptop, recoveryKey);
    await ready(laptop, 2);
    await takesUp(desktop, recoveryKey);
    await readsAll(desktop, sent);
  });
});

describe('a setup in another client while this one sets up', () => {
  it.each(['m.cross_signing.master'])(
    'is not replaced: noticed after this device began to store %s',
    async (type) => {
      const laptop = await devices.signIn();
      const sent = await converse(laptop, 1, 2);
      const { recoveryKey } = await laptop.call('setup.begin', { method: 'key' });
      await laptop.call('setup.prove', { by: 'text', text: recoveryKey });
      await using other = await OtherClient.signIn(devices.user);
      let othersKey = '';
      laptop.intercept(async ({ method, url }, onward) => {
        if (method === 'PUT' && url.pathname.endsWith(`/${type}`) && othersKey === '') {
          othersKey = 'on its way';
          othersKey = await other.resetEverything();
        }
        return onward();
      });
      const server = new ServerWitness((await sharedHomeserver()).baseUrl, laptop);
      await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({
        code: 'backup_exists',
      });
      laptop.intercept(null);
      // The other's backup is still the account's, and its recovery key opens storage.
      expect((await server.version())?.version).toBe('1');
      await laptop.call('setup.abandon', {});
      await readsAll(laptop, sent);
      await takesUp(laptop, othersKey);
    },
  );
});
