/** What lies in storage in the place of the backup's key opens, but is no such key. */
import encryptSecret from 'matrix-js-sdk/lib/utils/encryptAESSecretStorageItem.js';
import { decodeRecoveryKey } from 'matrix-js-sdk/lib/crypto-api/index.js';
import { expect, it } from 'vitest';
import { sharedHomeserver } from '../../support/homeserver/shared';
import { opensEverything } from '../keys-change/change-by';
import { ready, setUp } from '../keys-faults/elsewhere';
import { ServerWitness } from '../keys-faults/server-witness';
import { useDevices } from './devices';

const devices = useDevices();
const secret = 'm.megolm_backup.v1';

it.each([
  ['whose backup was deleted', true],
  ['whose backup is there', false],
])('an account %s is completed in spite of it', async (_which, isDeleted) => {
  const { laptop, sent, recoveryKey } = await setUp(devices);
  const server = new ServerWitness((await sharedHomeserver()).baseUrl, laptop);
  const sealed = await encryptSecret('no key', decodeRecoveryKey(recoveryKey), secret);
  const encrypted = { [(await server.defaultKeyId())!]: sealed };
  await server.ask('PUT', server.accountDataPath(secret), { encrypted });
  if (isDeleted) await server.ask('DELETE', '/room_keys/version/1');
  await laptop.call('repair.tryAgain', {});
  expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
  await ready(laptop, 2);
  await opensEverything(devices, recoveryKey, sent);
});
