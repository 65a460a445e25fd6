/** Another client replaces the backup, as most do: the old one is deleted before the new one is made. */
import { expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { opensEverything } from '../keys-change/change-by';
import { clientOf, send } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { readsAll, ready, setUp, takesUp, uploadsOf } from './elsewhere';
import { OtherClient } from './other-client';

const devices = useDevices();

it('while this device is online and a third is not, costs neither a key', async () => {
  const { laptop, sent, recoveryKey } = await setUp(devices);
  const phone = await devices.signIn();
  await takesUp(phone, recoveryKey);
  await phone.stop();
  const uploads = uploadsOf(laptop);
  await using other = await OtherClient.signIn(devices.user);
  await other.replaceBackup(recoveryKey);
  // Its key may come from the other client by itself; the recovery key brings it in any case.
  await laptop.keys.waitFor(({ backupVersion }) => backupVersion === '2');
  await takesUp(laptop, recoveryKey);
  await ready(laptop, 2);
  expect(new Set(uploads)).toEqual(new Set(['2']));
  await opensEverything(devices, recoveryKey, sent);

  const again = await devices.restart(phone);
  await again.keys.waitFor(({ backupVersion }) => backupVersion === '2');
  await takesUp(again, recoveryKey);
  await ready(again, 2);
  await readsAll(again, sent);
});

it('while the server answers nothing, is uploaded to as soon as it does', async () => {
  const { laptop, recoveryKey } = await setUp(devices);
  await using other = await OtherClient.signIn(devices.user);
  let fails = true;
  laptop.intercept(async ({ method, url }, onward) => {
    const isAsked = method === 'GET' && url.pathname.endsWith('/room_keys/version');
    return isAsked && fails ? matrixError(500, 'M_UNKNOWN') : onward();
  });
  await other.replaceBackup(recoveryKey);
  await laptop.keys.waitFor(({ state }) => state === 'unknown');
  fails = false;
  await laptop.keys.waitFor(
    ({ backupVersion, backedUpKeys }) => backupVersion === '2' && backedUpKeys === 2,
  );
  await takesUp(laptop, recoveryKey);
  await ready(laptop, 2);
});

it('and hands its key to nobody, still gets what this device has', async () => {
  const { laptop, recoveryKey } = await setUp(devices);
  const phone = await devices.signIn();
  await takesUp(phone, recoveryKey);
  await ready(phone, 2);
  const uploads = uploadsOf(laptop);
  await phone.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
  await phone.keyChange.waitFor(({ step }) => step === 'done');
  await laptop.call('repair.tryAgain', {});
  expect(laptop.keys.value).toMatchObject({ backupVersion: '2', state: 'needs_restore' });
  await expect.poll(() => uploads, { timeout: 20_000 }).toContain('2');
  await takesUp(laptop, recoveryKey);
  await ready(laptop, 2);
});

/** Whoever does not know the other client as verified is not handed the new backup's key by it. */
async function replaceKnownTo(
  engine: TestEngine,
  other: OtherClient,
  recoveryKey: string,
): Promise<void> {
  await other.signItself(recoveryKey);
  const crypto = clientOf(engine).getCrypto()!;
  const { userId, deviceId } = other;
  await expect
    .poll(() => crypto.getDeviceVerificationStatus(userId, deviceId))
    .toMatchObject({ crossSigningVerified: true });
  await other.resetBackup();
}

it('in the middle of an upload, leaves no key behind, though nobody does anything', async () => {
  const { laptop, sent, recoveryKey } = await setUp(devices);
  await using other = await OtherClient.signIn(devices.user);
  const refused: string[] = [];
  let replaced: Promise<void> | null = null;
  laptop.intercept(async ({ method, url }, onward) => {
    if (method !== 'PUT' || !url.pathname.endsWith('/room_keys/keys')) return onward();
    replaced ??= replaceKnownTo(laptop, other, recoveryKey);
    await replaced;
    const response = await onward();
    if (!response.ok) refused.push(url.searchParams.get('version') ?? '');
    return response;
  });
  const client = clientOf(laptop);
  await client.getCrypto()!.forceDiscardSession(sent[0]!.roomId);
  sent.push(await send(client, sent[0]!.roomId, 'meanwhile'));
  await laptop.call('repair.uploadNow', {}).catch(() => undefined);
  await ready(laptop, 3);
  expect(refused).toContain('1');
  await opensEverything(devices, recoveryKey, sent);
});

it('in the middle of a restore, ends it with the number that is missing; they come later', async () => {
  const { laptop, sent, recoveryKey } = await setUp(devices);
  await using other = await OtherClient.signIn(devices.user);
  const desktop = await devices.signIn();
  let replaced: Promise<void> | null = null;
  desktop.intercept(async ({ url }, onward) => {
    // The SDK asks for the keys of single messages, too, before the restore begins.
    if (/\/room_keys\/keys(?:\/[^/]+)?$/u.test(url.pathname)) {
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
