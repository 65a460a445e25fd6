import { StoreHandle } from '@matrix-org/matrix-sdk-crypto-wasm';
import { rmSync } from 'node:fs';
import { describe, expect, it, vi } from 'vitest';
import { databaseName, storeName } from '../../../main/engine/session/store-names';
import type { Account } from '../../../preload/model/app';
import type { CarryOverState } from '../../../preload/model/carry-over';
import { makeMegolmSessions } from '../../support/backup/megolm-sessions';
import {
  startEngine,
  type EngineProfile,
  type TestEngine,
} from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';
import { clientOf, converse, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { result } from '../../unit/store/support/indexeddb';
import { leftBehind } from '../sync/databases';

const devices = useDevices();

async function signInAgain(app: TestEngine): Promise<void> {
  const { user } = devices;
  const { baseUrl } = await sharedHomeserver();
  await app.call('signIn.password', { baseUrl, user: user.userId, password: user.password });
}

/** Waits until the keys of all earlier devices are here. */
const carriedOver = (app: TestEngine): Promise<void> => carryOverEnds(app, 'done');

async function carryOverEnds({ engine }: TestEngine, step: CarryOverState['step']): Promise<void> {
  await expect.poll(() => engine.topics.carryOver.value.step, { timeout: 20_000 }).toBe(step);
}

/** As a later version's library would leave it, which this one's can't open. */
async function makeUnreadable(device: Account): Promise<void> {
  const { indexedDB } = globalThis;
  (await result(indexedDB.open(databaseName(device), 1_000_000))).close();
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

  it('goes on where it was killed, and counts every key once', async () => {
    const total = 1_802;
    const laptop = await devices.signIn();
    const made = JSON.stringify(
      makeMegolmSessions(total, ['!reef:example.org', '!bay:example.org']),
    );
    await clientOf(laptop).getCrypto()!.importRoomKeysAsJson(made);
    await laptop.call('signOut.confirm', { acceptLoss: true });

    const { carryOver } = laptop.engine.topics;
    const { promise: killed, resolve } = Promise.withResolvers<EngineProfile>();
    const stop = carryOver.subscribe((state) => {
      // Between two slices: what is on the disk now is what a kill leaves there.
      if (state.step === 'running' && state.done > 0) resolve(leftBehind(laptop.profile));
    });
    await signInAgain(laptop);
    const profile = await killed;
    stop();
    await laptop.stop();

    await using again = await startEngine({ profile });
    const seen: CarryOverState[] = [];
    again.engine.topics.carryOver.subscribe((state) => seen.push(state));
    await carriedOver(again);
    const first = seen.find(({ step }) => step === 'running');
    expect(first).toEqual({
      step: 'running',
      done: expect.toBeOneOf([500, 1_000]) as number,
      total,
    });
    expect(again.engine.topics.carryOver.value).toEqual({ step: 'done', total, failed: 0 });
    expect(seen.every((state) => state.step !== 'running' || state.done <= total)).toBe(true);
    expect(await keysHere(again)).toBe(total);
    expect(await again.call('signOut.risk', {})).toMatchObject({ pendingKeys: total, safe: false });
    rmSync(profile.dir, { recursive: true });
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

  it('takes over what can be read where one of several earlier devices can’t be', async () => {
    const laptop = await devices.signIn();
    const [unreadable] = await converse(laptop, 1, 1);
    const first = { ...laptop.account! };
    await laptop.call('signOut.confirm', { acceptLoss: true });
    await makeUnreadable(first);
    await signInAgain(laptop);
    await carryOverEnds(laptop, 'interrupted');
    const sent = await converse(laptop, 1, 2);
    await laptop.call('signOut.confirm', { acceptLoss: true });

    await signInAgain(laptop);
    await carryOverEnds(laptop, 'interrupted');
    expect(laptop.engine.topics.carryOver.value).toMatchObject({ done: 2, total: 2 });
    for (const message of sent) expect(await readMessage(laptop, message)).toBe(message.text);
    expect(await readMessage(laptop, unreadable!)).not.toBe(unreadable!.text);

    // Its files stay, and keep nobody here.
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, pendingKeys }) => state === 'ready' && pendingKeys === 0);
    const risk = await laptop.call('signOut.risk', {});
    expect(risk).toMatchObject({ safe: true, pendingKeys: 0 });
    await laptop.call('signOut.confirm', { acceptLoss: false });
    const names = (await globalThis.indexedDB.databases()).map(({ name }) => name);
    expect(names).toContain(databaseName(first));
  });

  it('tries again what could not be read, when it is asked to', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const old = storeName(laptop.account!);
    await laptop.call('signOut.confirm', { acceptLoss: true });
    const open = StoreHandle.open.bind(StoreHandle);
    const opening = vi
      .spyOn(StoreHandle, 'open')
      .mockImplementation((name, ...rest) =>
        name === old ? Promise.reject(new Error('The disk does not answer')) : open(name, ...rest),
      );
    await signInAgain(laptop);
    await carryOverEnds(laptop, 'interrupted');
    opening.mockRestore();

    await laptop.call('carryOver.tryAgain', {});
    expect(laptop.engine.topics.carryOver.value).toEqual({ step: 'done', total: 2, failed: 0 });
    for (const message of sent) expect(await readMessage(laptop, message)).toBe(message.text);
    await laptop.call('carryOver.tryAgain', {});
    expect(laptop.engine.topics.carryOver.value).toEqual({ step: 'none' });
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
