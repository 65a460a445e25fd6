/** Every way out of a state of secret storage, gone from beginning to end. */
import { Method } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { SecretStorage, type SecretName } from '../../../main/engine/keys/secrets/secret-storage';
import { AccountData } from '../../../main/engine/keys/server/account-data';
import { homeserverOf } from '../../../main/engine/keys/server/homeserver';
import { readRecoveryKey } from '../../../preload/rules/recovery-key';
import type { TestEngine } from '../../support/engine/start-engine';
import { newKeyProven, opensEverything } from '../keys-change/change-by';
import { clientOf, converse } from './conversation';
import { useDevices } from './devices';
import { accountDataOf, ask, settled } from './on-the-server';
import { setUpByKey } from './setup-by';

const devices = useDevices();
const accountData = (type: string): string => accountDataOf(devices.user, type);

describe('what secret storage lacks', () => {
  const cases: readonly (readonly [string, readonly string[]])[] = [
    ['the backup’s key', ['m.megolm_backup.v1']],
    ['a part of the identity', ['m.cross_signing.master']],
    [
      'everything',
      [
        'm.megolm_backup.v1',
        'm.cross_signing.master',
        'm.cross_signing.self_signing',
        'm.cross_signing.user_signing',
      ],
    ],
  ];
  it.each(cases)('is added with the recovery key: %s', async (_what, types) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    for (const type of types) await ask(laptop, Method.Put, accountData(type), {});
    expect(await settled(laptop)).toMatchObject({
      state: 'secrets_incomplete',
      repair: 'complete',
    });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is replaced where it is the key of another backup', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const before = await ask<object>(laptop, Method.Get, accountData('m.megolm_backup.v1'));
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await laptop.keys.waitFor(
      ({ state, backupVersion }) => state === 'ready' && backupVersion === '2',
    );
    // Another client writes back what it had.
    await ask(laptop, Method.Put, accountData('m.megolm_backup.v1'), before);
    const phone = await devices.signIn();
    await expect(phone.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
    expect(await settled(phone)).toMatchObject({ state: 'secrets_incomplete', repair: 'verify' });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    expect(await settled(phone)).toMatchObject({ state: 'needs_restore', repair: 'restore' });
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is kept for a new recovery key where the whole storage is gone', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await ask(laptop, Method.Put, accountData('m.secret_storage.default_key'), {});
    expect(await settled(laptop)).toMatchObject({ state: 'secrets_incomplete', repair: 'new_key' });
    const recoveryKey = await newKeyProven(laptop);
    await laptop.call('setup.secure', {});
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
  });
});

/** Lets something else lie in storage as the secret, for the recovery key it has. */
const spoiled: Readonly<
  Record<
    'no key' | 'damaged',
    (engine: TestEngine, name: SecretName, recoveryKey: string) => Promise<void>
  >
> = {
  'no key': async (engine, name, recoveryKey) => {
    const client = clientOf(engine);
    const homeserver = homeserverOf(client, new AbortController().signal);
    const storage = new SecretStorage(new AccountData(homeserver, client));
    const reading = readRecoveryKey(recoveryKey);
    if (reading.kind !== 'key') throw new Error('No recovery key');
    const key = { id: (await storage.defaultKeyId())!, bytes: reading.bytes };
    await storage.write(name, 'whatever this is', key);
  },
  damaged: async (engine, name) => {
    interface Stored {
      readonly encrypted: Readonly<Record<string, object>>;
    }
    const { encrypted } = await ask<Stored>(engine, Method.Get, accountData(name));
    const slots = Object.entries(encrypted).map(([id, slot]) => [id, { ...slot, mac: 'AAAA' }]);
    const content = { encrypted: Object.fromEntries(slots) as object };
    await ask(engine, Method.Put, accountData(name), content);
  },
};

describe('what lies in storage and is no secret', () => {
  const ways = Object.entries(spoiled);

  it.each(ways)('in the place of the backup’s key is told, and mended: %s', async (_how, spoil) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await spoil(laptop, 'm.megolm_backup.v1', recoveryKey);
    const phone = await devices.signIn();
    await expect(phone.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
    expect(await settled(phone)).toMatchObject({ state: 'secrets_incomplete', repair: 'verify' });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await opensEverything(devices, recoveryKey, sent);
  });

  it.each(ways)('in the place of the identity’s is no hindrance: %s', async (_how, spoil) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await spoil(laptop, 'm.cross_signing.self_signing', recoveryKey);
    await opensEverything(devices, recoveryKey, sent);
  });

  it.each(ways)('is told where the backup is gone, too: %s', async (_how, spoil) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await spoil(laptop, 'm.megolm_backup.v1', recoveryKey);
    await ask(laptop, Method.Delete, '/room_keys/version/1');
    await expect(laptop.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_missing',
    });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
  });
});

/** The key that the account's storage has by default. */
async function defaultKeyId(engine: TestEngine): Promise<string> {
  const path = accountData('m.secret_storage.default_key');
  return (await ask<{ key: string }>(engine, Method.Get, path)).key;
}

describe('what the server answers and Holdfast does not understand', () => {
  it.each([
    ['emptied', {}],
    ['for another algorithm', { algorithm: 'org.example.v2' }],
    ['malformed', { algorithm: 7, iv: [], mac: null }],
  ])('is no storage to set up beside, but a new recovery key helps: %s', async (_how, content) => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const keyId = await defaultKeyId(laptop);
    await ask(laptop, Method.Put, accountData(`m.secret_storage.key.${keyId}`), content);
    const health = await settled(laptop);
    expect(health).toMatchObject({
      state: 'secrets_incomplete',
      repair: 'new_key',
      problem: null,
      findings: { storage: { keyId, holdsBackupKey: false, understood: false } },
    });
    await expect(laptop.call('setup.begin', { method: 'key' })).rejects.toMatchObject({
      code: 'backup_exists',
    });
    const phone = await devices.signIn();
    expect(await settled(phone)).toMatchObject({
      state: 'needs_verification',
      repair: 'verify',
      otherwise: 'reset_everything',
    });

    const recoveryKey = await newKeyProven(laptop);
    await laptop.call('setup.secure', {});
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
    // What was there is still there.
    const path = accountData(`m.secret_storage.key.${keyId}`);
    expect(await ask(laptop, Method.Get, path)).toEqual(content);
  });

  it('leads to everything anew where nothing else is left', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const keyId = await defaultKeyId(laptop);
    await ask(laptop, Method.Put, accountData(`m.secret_storage.key.${keyId}`), {});
    await ask(laptop, Method.Delete, '/room_keys/version/1');
    expect(await settled(laptop)).toMatchObject({
      state: 'backup_changed',
      repair: 'reset_everything',
    });
  });
});

describe('completing with a wrong recovery key', () => {
  it('is refused, and changes nothing', async () => {
    const laptop = await devices.signIn();
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const writes: string[] = [];
    laptop.intercept(async ({ method, url }, onward) => {
      if (method !== 'GET' && !url.pathname.includes('/keys/query')) writes.push(url.pathname);
      return onward();
    });
    const other = 'EsTc vXkp 3Yyd Wm4R gqKJ 8uHs Dz2f Ab7N tPje 6CVo LhMw 9xQB';
    await expect(laptop.call('repair.complete', { secret: other })).rejects.toHaveProperty('code');
    expect(writes).toEqual([]);
  });
});
