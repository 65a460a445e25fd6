/** Another client sets the account up while this device does: the faster one’s counts, and stays. */
import { describe, expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { opensEverything } from '../keys-change/change-by';
import { converse } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { readsAll, ready, takesUp } from './elsewhere';
import { OtherClient } from './other-client';
import { ServerWitness } from './server-witness';

const devices = useDevices();

describe('a setup in another client while this one sets up', () => {
  it.each(['m.cross_signing.master', 'm.megolm_backup.v1'])(
    'is not replaced where it fell before this device stored %s; its key opens everything',
    async (type) => {
      const laptop = await devices.signIn();
      const sent = await converse(laptop, 1, 2);
      const { recoveryKey } = await laptop.call('setup.begin', { method: 'key' });
      await laptop.call('setup.prove', { by: 'text', text: recoveryKey });
      await using other = await OtherClient.signIn(devices.user);
      let othersKey = '';
      // The write is on its way, and does not know what comes before it.
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
      expect((await server.version())?.version).toBe('1');
      await laptop.call('setup.abandon', {});
      await laptop.call('signOut.risk', {});
      expect(laptop.keys.value.state).not.toBe('ready');
      await readsAll(laptop, sent);
      await takesUp(laptop, othersKey);
      await ready(laptop, 2);
      await opensEverything(devices, othersKey, sent);
    },
  );
});
