import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { SecretStorage, secretNames } from '../../../main/engine/keys/secrets/secret-storage';
import { AccountData } from '../../../main/engine/keys/server/account-data';
import { homeserverOf } from '../../../main/engine/keys/server/homeserver';
import type { OpenKey } from '../../../main/recovery-key/unlock';
import { encodeRecoveryKey, readRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, readMessage } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';

const devices = useDevices();

function accountOf(engine: TestEngine): { data: AccountData; storage: SecretStorage } {
  const client = clientOf(engine);
  const homeserver = homeserverOf(client, new AbortController().signal);
  const data = new AccountData(homeserver, client);
  return { data, storage: new SecretStorage(data) };
}

/** As another client does it that gives an account a second recovery key. */
async function addKey(engine: TestEngine, firstKey: string): Promise<OpenKey> {
  const { storage } = accountOf(engine);
  const reading = readRecoveryKey(firstKey);
  if (reading.kind !== 'key') throw new Error('No recovery key');
  const first = { id: (await storage.defaultKeyId())!, bytes: reading.bytes };
  const second = { id: 'second', bytes: new Uint8Array(randomBytes(32)) };
  await storage.describeKey(second, null);
  for (const name of secretNames) {
    await storage.write(name, (await storage.read(name, first))!, second);
  }
  return second;
}

describe('an account with several recovery keys', () => {
  it('is opened by each of them, and only the default one opens the store', async () => {
    const laptop = await devices.signIn();
    const [message] = await converse(laptop, 1, 1);
    const first = await setUpByKey(laptop);
    const second = await addKey(laptop, first);
    for (const [secret, known] of [
      [first, 1],
      [encodeRecoveryKey(second.bytes), 0],
    ] as const) {
      const desktop = await devices.signIn();
      await desktop.call('restore.begin', { secret });
      await desktop.restore.waitFor(({ step }) => step === 'done');
      expect(await readMessage(desktop, message!)).toBe(message!.text);
      expect(desktop.recoveryKeys).toHaveLength(known);
    }
  });

  it('is opened by one of them where the default one is not understood', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const second = await addKey(laptop, await setUpByKey(laptop));
    const { data } = accountOf(laptop);
    await data.write('m.secret_storage.default_key', { key: 'from-the-future' });
    await data.write('m.secret_storage.key.from-the-future', { algorithm: 'org.example.new' });
    const desktop = await devices.signIn();
    await desktop.call('restore.begin', { secret: encodeRecoveryKey(second.bytes) });
    await desktop.restore.waitFor(({ step }) => step === 'done');
  });

  it('says of a key that is none of them that it is wrong', async () => {
    const laptop = await devices.signIn();
    await addKey(laptop, await setUpByKey(laptop));
    const desktop = await devices.signIn();
    const secret = encodeRecoveryKey(new Uint8Array(32).fill(5));
    await expect(desktop.call('restore.begin', { secret })).rejects.toMatchObject({
      code: 'key_wrong',
    });
  });

  it('judges a key without check values by what it opens', async () => {
    const laptop = await devices.signIn();
    const second = await addKey(laptop, await setUpByKey(laptop));
    const { data } = accountOf(laptop);
    await data.write('m.secret_storage.key.second', {
      algorithm: 'm.secret_storage.v1.aes-hmac-sha2',
    });
    const desktop = await devices.signIn();
    const wrong = encodeRecoveryKey(new Uint8Array(32).fill(5));
    await expect(desktop.call('restore.begin', { secret: wrong })).rejects.toMatchObject({
      code: 'key_wrong',
    });
    await desktop.call('restore.begin', { secret: encodeRecoveryKey(second.bytes) });
    await desktop.restore.waitFor(({ step }) => step === 'done');
  });
});
