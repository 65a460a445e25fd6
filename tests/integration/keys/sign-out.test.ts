import { describe, expect, it } from 'vitest';
import { matrixError } from '../../support/engine/test-fetch';
import { clientOf, converse, send } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';
import { uploadsFail } from './uploads-fail';

const devices = useDevices();

describe('signing out', () => {
  it('is refused while keys are not backed up, with their number; safe at 0 (I3)', async () => {
    const laptop = await devices.signIn();
    const [sent] = await converse(laptop, 1, 1);
    await setUpByKey(laptop);

    laptop.intercept(uploadsFail);
    await clientOf(laptop).getCrypto()!.forceDiscardSession(sent!.roomId);
    await send(clientOf(laptop), sent!.roomId, 'not yet backed up');

    expect(await laptop.call('signOut.risk', {})).toEqual({
      state: 'uploading',
      pendingKeys: 1,
      encryptedRooms: 1,
      safe: false,
    });
    await expect(laptop.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
      code: 'keys_pending',
      data: { count: 1 },
    });
    expect(laptop.account).not.toBeNull();

    laptop.intercept(null);
    await laptop.call('signOut.risk', {});
    await laptop.keys.waitFor(({ state, pendingKeys }) => state === 'ready' && pendingKeys === 0);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: true, pendingKeys: 0 });
    await laptop.call('signOut.confirm', { acceptLoss: false });
    expect(laptop.account).toBeNull();
    expect(laptop.keys.value.state).toBe('unknown');
  });

  it('is not called safe without a backup', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 2, 1);
    expect(await laptop.call('signOut.risk', {})).toEqual({
      state: 'needs_setup',
      pendingKeys: 2,
      encryptedRooms: 2,
      safe: false,
    });
    await expect(laptop.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
      code: 'keys_pending',
      data: { count: 2 },
    });
    await laptop.call('signOut.confirm', { acceptLoss: true });
    expect(laptop.account).toBeNull();
  });

  it('is not called safe while the server can’t be asked (I2)', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    laptop.intercept(async ({ url }, onward) => {
      if (url.pathname.endsWith('/room_keys/version')) throw new TypeError('fetch failed');
      return onward();
    });
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ state: 'unknown', safe: false });
    await expect(laptop.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
      code: 'keys_pending',
    });
  });

  it('tells what was last known on a network that swallows everything, in time', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, pendingKeys }) => state === 'ready' && pendingKeys === 0);
    laptop.intercept(() => new Promise(() => undefined));
    const asked = Date.now();
    const risk = await laptop.call('signOut.risk', {});
    expect(Date.now() - asked).toBeLessThan(12_000);
    expect(risk).toMatchObject({ state: 'unknown', pendingKeys: 0, safe: false });
    expect(risk.knownAt).toBeLessThanOrEqual(asked);
  });

  it('is not called safe by a session that ended while the server was asked', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, pendingKeys }) => state === 'ready' && pendingKeys === 0);
    const asked = Promise.withResolvers<undefined>();
    const answer = Promise.withResolvers<Response>();
    laptop.intercept(({ url }, onward) => {
      if (!url.pathname.includes('/room_keys/')) return onward();
      asked.resolve(undefined);
      return answer.promise;
    });
    const { session } = laptop.engine;
    const risk = session.keys.signOutRisk();
    await asked.promise;
    await session.stop();
    answer.reject(new TypeError('ended'));
    expect(await risk).toMatchObject({ state: 'unknown', pendingKeys: 0, safe: false });
  });

  it('is safe on a device that has no keys', async () => {
    const laptop = await devices.signIn();
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ pendingKeys: 0, safe: true });
  });

  it('is not safe on a device that alone has the account’s identity, though it has no room key', async () => {
    const laptop = await devices.signIn();
    const { recoveryKey } = await laptop.call('setup.begin', { method: 'key' });
    await laptop.call('setup.prove', { by: 'text', text: recoveryKey });
    // Cut off after the identity was published.
    laptop.intercept(({ method, url }, onward) =>
      method === 'PUT' && url.pathname.includes('/account_data/')
        ? Promise.resolve(matrixError(500, 'M_UNKNOWN'))
        : onward(),
    );
    await expect(laptop.call('setup.secure', {})).rejects.toMatchObject({ code: 'server_error' });
    await laptop.call('setup.abandon', {});
    laptop.intercept(null);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({
      state: 'needs_setup',
      pendingKeys: 0,
      safe: false,
      identityOnlyHere: true,
    });
    await expect(laptop.call('signOut.confirm', { acceptLoss: false })).rejects.toMatchObject({
      code: 'keys_pending',
      data: {},
    });
    await setUpByKey(laptop);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: true });
  });
});
