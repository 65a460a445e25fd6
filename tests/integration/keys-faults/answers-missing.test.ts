import { expect, it } from 'vitest';
import { matrixError } from '../../support/engine/test-fetch';
import { converse } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';

const devices = useDevices();

it('what the server failed to answer once is asked again by itself, and not unknown for an hour', async () => {
  const laptop = await devices.signIn();
  await converse(laptop, 1, 1);
  await setUpByKey(laptop);
  await laptop.keys.waitFor(({ state }) => state === 'ready');
  let left = 1;
  laptop.intercept(async ({ method, url }, onward) => {
    const isAsked = method === 'GET' && url.pathname.endsWith('/m.megolm_backup.v1');
    if (!isAsked || left === 0) return onward();
    left -= 1;
    return matrixError(500, 'M_UNKNOWN');
  });
  const unanswered = laptop.keys.waitFor(({ state }) => state === 'unknown');
  await laptop.call('signOut.risk', {});
  expect(await unanswered).toMatchObject({ problem: 'server_error' });
  await laptop.keys.waitFor(({ state }) => state === 'ready');
});
