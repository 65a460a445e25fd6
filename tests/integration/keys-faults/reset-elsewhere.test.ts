/** Another client resets everything, or signs this device out, while that is at work or off. */
import { describe, expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { opensEverything } from '../keys-change/change-by';
import { useDevices } from '../keys/devices';
import { readsAll, ready, setUp, uploadsOf } from './elsewhere';
import { OtherClient } from './other-client';
import { ServerWitness } from './server-witness';

const devices = useDevices();

describe('a reset of everything in another client', () => {
  it('while this device is off, takes no key from it; the new recovery key brings it back', async () => {
    const { laptop, sent } = await setUp(devices);
    await laptop.stop();
    await using other = await OtherClient.signIn(devices.user);
    const newKey = await other.resetEverything();
    const again = await devices.restart(laptop);
    const uploads = uploadsOf(again);
    await readsAll(again, sent);
    await again.keys.waitFor(({ backupVersion }) => backupVersion === '2');
    await again.call('repair.tryAgain', {});
    expect(again.keys.value).toMatchObject({
      state: 'backup_changed',
      pendingKeys: 2,
      reminder: { due: true },
      repair: 'complete',
    });
    expect(await again.call('signOut.risk', {})).toMatchObject({ safe: false });
    expect(uploads).toEqual([]);
    expect(await again.call('repair.complete', { secret: newKey })).toBe('complete');
    await ready(again, 2);
    await opensEverything(devices, newKey, sent);
  });
});

describe('this device, signed out by another while it replaces the backup', () => {
  it.each([
    ['before the new one is made', 'POST', /\/room_keys\/version$/],
    ['while it is filled', 'PUT', /\/room_keys\/keys$/],
    ['before the old one is deleted', 'DELETE', /\/room_keys\/version\//],
  ])('%s, leaves every key to the recovery key', async (_when, method, route) => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    await using other = await OtherClient.signIn(devices.user);
    const gone = Promise.withResolvers<undefined>();
    let isAsked = false;
    laptop.intercept(async (request, onward) => {
      if (!isAsked && request.method === method && route.test(request.url.pathname)) {
        isAsked = true;
        await other.remove(laptop.account!.deviceId);
        gone.resolve(undefined);
      }
      return onward();
    });
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await gone.promise;
    const fresh = await devices.signIn();
    const server = new ServerWitness((await sharedHomeserver()).baseUrl, fresh);
    expect((await server.opens(recoveryKey)).size).toBe(sent.length);
  });
});
