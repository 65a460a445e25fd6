/** Another client resets everything, or signs this device out, while that is at work or off. */
import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { newKeyProven, opensEverything } from '../keys-change/change-by';
import { clientOf, readMessage } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { newBackup, readsAll, ready, setUp, uploadsOf } from './elsewhere';
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

/** Signs this device out through another one, before it makes that request. */
function removedBefore(
  laptop: TestEngine,
  other: OtherClient,
  method: string,
  route: RegExp,
): Promise<undefined> {
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
  return gone.promise;
}

describe('a new backup whose key was never stored', () => {
  it('costs nothing where its device is gone: the repair that is offered keeps the history', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    await using other = await OtherClient.signIn(devices.user);
    const gone = removedBefore(laptop, other, 'PUT', /\/account_data\/m\.megolm_backup\.v1$/);
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await gone;
    await laptop.stop();

    const fresh = await devices.signIn();
    await expect(fresh.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
    await fresh.keys.waitFor(({ otherwise }) => otherwise === 'reset_backup');
    await fresh.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await fresh.keyChange.waitFor(({ step }) => step === 'done');
    await ready(fresh, 2);
    await readsAll(fresh, sent);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('costs nothing where a device that was sent the key completes the account', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const backupKey = await newBackup(laptop);
    await laptop.stop();

    const fresh = await devices.signIn();
    await expect(fresh.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
    const crypto = clientOf(fresh).getCrypto()!;
    await crypto.storeSessionBackupPrivateKey(backupKey, '2');
    await crypto.checkKeyBackupAndEnable();
    await fresh.keys.waitFor(({ repair }) => repair === 'complete');
    expect(await readMessage(fresh, sent[0]!)).toBeNull();
    expect(await fresh.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await ready(fresh, 2);
    await readsAll(fresh, sent);
    await opensEverything(devices, recoveryKey, sent);
  });
});

describe('a new backup whose key was never stored, for a recovery key in the wrong hands', () => {
  it('leaves what it opens to that key, on the device that removed it', async () => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    const backupKey = await newBackup(laptop);
    await laptop.stop();
    const fresh = await devices.signIn();
    await fresh.call('restore.begin', { secret: recoveryKey }).catch(() => undefined);
    const crypto = clientOf(fresh).getCrypto()!;
    await crypto.storeSessionBackupPrivateKey(backupKey, '2');
    await crypto.checkKeyBackupAndEnable();
    await fresh.keys.waitFor(({ repair }) => repair === 'complete');
    const newKey = await newKeyProven(fresh, true);
    await fresh.call('setup.secure', {});
    await fresh.keyChange.waitFor(({ step }) => step === 'done');
    const server = new ServerWitness((await sharedHomeserver()).baseUrl, fresh);
    expect((await server.opens(recoveryKey)).size).toBe(0);

    const again = await devices.restart(fresh);
    expect(await again.call('oldKey.read', { secret: recoveryKey })).toMatchObject({ keys: 2 });
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
    const gone = removedBefore(laptop, other, method, route);
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await gone;
    const fresh = await devices.signIn();
    const server = new ServerWitness((await sharedHomeserver()).baseUrl, fresh);
    expect((await server.opens(recoveryKey)).size).toBe(sent.length);
  });
});
