import { describe, expect, it } from 'vitest';
import type { TestEngine } from '../../support/engine/start-engine';
import { matrixError } from '../../support/engine/test-fetch';
import { clientOf, converse } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { isPartOfChange, opensEverything } from './change-by';

const devices = useDevices();

/** Keys that the server has. */
async function countOn(engine: TestEngine): Promise<number> {
  const client = clientOf(engine);
  const url = `${client.baseUrl}/_matrix/client/v3/room_keys/version`;
  const headers = { authorization: `Bearer ${client.getAccessToken()!}` };
  const answer = (await (await fetch(url, { headers })).json()) as { count: number };
  return answer.count;
}

const isOff = ({ state }: { state: string }): boolean => state === 'disabled_by_user';

/** Nothing may arrive: no condition to wait for but the time the SDK's loop would take. */
const uploadPause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 11_000));

describe('switching the backup off', () => {
  it('keeps the server’s copy, and uploads nothing any more, not even after a restart', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.call('backup.switchOff', {});
    await laptop.keys.waitFor(isOff);
    expect(laptop.keys.value).toMatchObject({ repair: 'switch_on', backupVersion: '1' });
    const again = await devices.restart(laptop);
    await again.keys.waitFor(isOff);
    const more = await converse(again, 1, 1);
    await uploadPause();
    expect(await countOn(again)).toBe(2);
    // What counts as lost on the way out is what is here (I3).
    expect(await again.call('signOut.risk', {})).toMatchObject({ safe: false, pendingKeys: 3 });

    await again.call('backup.switchOn', {});
    await again.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 3);
    await opensEverything(devices, recoveryKey, [...sent, ...more]);
  }, 60_000);

  it('holds on the account’s other devices, and they see it switched on again', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const recoveryKey = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    await laptop.call('backup.switchOff', {});
    await phone.keys.waitFor(isOff);
    await phone.call('backup.switchOn', {});
    await laptop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('is known to a new device, where the recovery key switches it on for all', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 1);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.call('backup.switchOff', {});
    await laptop.keys.waitFor(isOff);
    const phone = await devices.signIn();
    await phone.keys.waitFor(({ state, switchedOff }) => state === 'needs_restore' && switchedOff);
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state, switchedOff }) => state === 'ready' && !switchedOff);
    await laptop.keys.waitFor(({ state, switchedOff }) => state === 'ready' && !switchedOff);
    await opensEverything(devices, recoveryKey, sent);
  });

  it.each([
    [429, 'M_LIMIT_EXCEEDED'],
    [500, 'M_UNKNOWN'],
  ])('can be repeated after %i at any of its requests', async (status, errcode) => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    for (const [call, reached] of [
      ['backup.switchOff', 'disabled_by_user'],
      ['backup.switchOn', 'ready'],
    ] as const) {
      const failed = new Set<string>();
      laptop.intercept(async (request, onward) => {
        const name = `${request.method} ${request.url.pathname}`;
        if (!isPartOfChange(request) || failed.has(name)) return onward();
        failed.add(name);
        return matrixError(status, errcode);
      });
      const persist = async (): Promise<void> => laptop.call(call, {}).catch(persist);
      await persist();
      laptop.intercept(null);
      await laptop.call('repair.tryAgain', {});
      await laptop.keys.waitFor(({ state }) => state === reached);
      expect(failed.size).toBeGreaterThan(1);
    }
  });

  it('ends where a new backup is made, which is filled then', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.call('backup.switchOff', {});
    await laptop.keys.waitFor(isOff);
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await laptop.keys.waitFor(
      ({ state, backupVersion }) => state === 'ready' && backupVersion === '2',
    );
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is refused to a device that does not use the backup', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    const phone = await devices.signIn();
    await expect(phone.call('backup.switchOff', {})).rejects.toMatchObject({ code: 'not_allowed' });
    await laptop.keys.waitFor(({ state }) => state === 'ready');
  });
});
