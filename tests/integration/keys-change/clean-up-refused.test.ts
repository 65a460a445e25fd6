/** A change whose last part, which only cleans up, the server or a proxy before it will not do. */
import { describe, expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { matrixError, type Intercept } from '../../support/engine/test-fetch';
import { useDevices } from '../keys/devices';
import { ready, setUp } from '../keys-faults/elsewhere';
import { ServerWitness } from '../keys-faults/server-witness';
import { newKeyProven, opensEverything } from './change-by';

const devices = useDevices();

const proxy = (status: number): Response => new Response('<h1>No</h1>', { status });

describe('a change whose clean-up is refused', () => {
  it.each([
    ['405 by a proxy', () => proxy(405)],
    ['403 by a proxy', () => proxy(403)],
    ['403 by the server', () => matrixError(403, 'M_FORBIDDEN')],
  ])('with %s still ends: the old backup stays, which does no harm', async (_by, refusal) => {
    const { laptop, sent, recoveryKey } = await setUp(devices);
    laptop.intercept(async ({ method }, onward) => (method === 'DELETE' ? refusal() : onward()));
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    expect(await laptop.keyChange.waitFor(({ step }) => step === 'done')).toEqual({
      step: 'done',
      operation: 'reset_backup',
      left: ['delete_backup'],
    });
    await ready(laptop, 2);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: true });
    await laptop.call('backup.switchOff', {});
    await opensEverything(devices, recoveryKey, sent);
  });

  it('tells everything that goes by the new recovery key before it cleans up', async () => {
    const { laptop, sent } = await setUp(devices);
    const reached = Promise.withResolvers<undefined>();
    const failing: Intercept = async ({ method }, onward) => {
      if (method !== 'DELETE') return onward();
      reached.resolve(undefined);
      return matrixError(500, 'M_UNKNOWN');
    };
    laptop.intercept(failing);
    const before = laptop.recoveryKeys.length;
    const made = await laptop.call('keyChange.begin', {
      operation: 'reset_everything',
      choice: { method: 'key' },
    });
    const { recoveryKey } = made!;
    await laptop.call('setup.prove', { by: 'text', text: recoveryKey });
    await laptop.call('setup.secure', {});
    await laptop.interactiveAuth.waitFor((auth) => auth.step === 'asking' && !auth.checking);
    await laptop.call('interactiveAuth.enterPassword', { password: devices.user.password });
    await reached.promise;
    expect(laptop.recoveryKeys).toHaveLength(before + 1);
    await opensEverything(devices, recoveryKey, sent);
    // What fails for a while is tried again.
    laptop.intercept(null);
    await laptop.call('keyChange.continue', {});
    expect(await laptop.keyChange.waitFor(({ step }) => step === 'done')).toEqual({
      step: 'done',
      operation: 'reset_everything',
    });
    const server = new ServerWitness((await sharedHomeserver()).baseUrl, laptop);
    expect(await server.version('1')).toBeNull();
  });

  it('says that the old recovery key still opens everything, where that can’t be removed', async () => {
    const { laptop, sent, recoveryKey: oldKey } = await setUp(devices);
    const newKey = await newKeyProven(laptop, true);
    let isSwitched = false;
    laptop.intercept(async ({ method, url }, onward) => {
      if (method !== 'PUT') return onward();
      if (isSwitched && url.pathname.includes('/account_data/m.')) {
        return matrixError(403, 'M_FORBIDDEN');
      }
      isSwitched ||= url.pathname.endsWith('/m.secret_storage.default_key');
      return onward();
    });
    await laptop.call('setup.secure', {});
    expect(await laptop.keyChange.waitFor(({ step }) => step === 'done')).toEqual({
      step: 'done',
      operation: 'new_key',
      left: ['remove_old_key'],
    });
    await opensEverything(devices, newKey, sent);
    await opensEverything(devices, oldKey, sent);
  });
});
