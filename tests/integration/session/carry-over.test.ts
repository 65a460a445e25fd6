import { describe, expect, it } from 'vitest';
import { databaseName } from '../../../main/engine/session/store-names';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';

const devices = useDevices();

async function signInAgain(app: TestEngine): Promise<void> {
  const { user } = devices;
  const { baseUrl } = await sharedHomeserver();
  await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
}

/** Waits until the keys of all earlier devices are here. */
async function carriedOver({ engine }: TestEngine): Promise<void> {
  await expect.poll(() => engine.topics.carryOver.value.step, { timeout: 20_000 }).toBe('done');
}

async function keysHere(app: TestEngine): Promise<number> {
  const keys = await clientOf(app).getCrypto()!.exportRoomKeysAsJson();
  return (JSON.parse(keys) as readonly unknown[]).length;
}

describe('signing in again as the same person', () => {
  it('reads everything without any recovery key, and backs it up (I3, I4)', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 3);
    const first = { ...laptop.account! };
    await laptop.call('signOut.confirm', { acceptLoss: true });

    await signInAgain(laptop);
    expect(laptop.account!.deviceId).not.toBe(first.deviceId);
    await carriedOver(laptop);
    expect(laptop.engine.topics.carryOver.value).toEqual({ step: 'done', total: 6, failed: 0 });
    for (const message of sent) expect(await readMessage(laptop, message)).toBe(message.text);

    // None of them was in a backup: they are counted, and go into the one that is made now.
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ pendingKeys: 6, safe: false });
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, pendingKeys }) => state === 'ready' && pendingKeys === 0);
    expect(laptop.keys.value.backedUpKeys).toBe(6);
    const { indexedDB } = globalThis;
    const names = (await indexedDB.databases()).map(({ name }) => name);
    expect(names).toContain(databaseName(first));
  });

  it('finds the keys of all earlier devices, once each', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await laptop.call('signOut.confirm', { acceptLoss: true });
    await signInAgain(laptop);
    sent.push(...(await converse(laptop, 1, 1)));
    await carriedOver(laptop);
    await laptop.call('signOut.confirm', { acceptLoss: true });
    await signInAgain(laptop);
    await carriedOver(laptop);
    for (const message of sent) expect(await readMessage(laptop, message)).toBe(message.text);
    expect(await keysHere(laptop)).toBe(3);

    const again = await devices.restart(laptop);
    await again.connection.waitFor(({ state }) => state === 'online');
    expect(again.engine.topics.carryOver.value).toEqual({ step: 'none' });
  });

  it('leaves the keys of everybody else alone', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 2);
    await laptop.call('signOut.confirm', { acceptLoss: true });
    const homeserver = await sharedHomeserver();
    const other = await homeserver.registerUser(uniqueName('ben'));
    await laptop.call('signIn.password', {
      baseUrl: homeserver.baseUrl,
      user: other.userId,
      password: other.password,
    });
    await laptop.connection.waitFor(({ state }) => state === 'online');
    await laptop.keys.waitFor(({ state }) => state !== 'unknown');
    expect(laptop.engine.topics.carryOver.value).toEqual({ step: 'none' });
    expect(await keysHere(laptop)).toBe(0);
  });
});
