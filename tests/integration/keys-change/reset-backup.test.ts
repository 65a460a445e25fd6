import { randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SignOutRisk } from '../../../preload/model/keys';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, readMessage, type Sent } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { cutAfter, opensEverything } from './change-by';

const devices = useDevices();

/** Asks past what the engine's requests meet. */
async function versionIsThere(engine: TestEngine, version: string): Promise<boolean> {
  const client = clientOf(engine);
  const url = `${client.baseUrl}/_matrix/client/v3/room_keys/version/${version}`;
  const headers = { authorization: `Bearer ${client.getAccessToken()!}` };
  return (await fetch(url, { headers })).ok;
}

async function readsAll(engine: TestEngine, sent: readonly Sent[]): Promise<void> {
  for (const message of sent) expect(await readMessage(engine, message)).toBe(message.text);
}

const randomBase64 = (bytes: number): string =>
  randomBytes(bytes).toString('base64').replace(/=+$/, '');

/** Deletes the present one and makes another, as a client does that keeps its key to itself. */
async function replaceByBackupOfNobody(engine: TestEngine): Promise<void> {
  const { http } = clientOf(engine);
  const prefix = { prefix: '/_matrix/client/v3' };
  const authData = {
    public_key: randomBase64(32),
    signatures: {},
  };
  const backup = { algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2', auth_data: authData };
  await http.authedRequest('DELETE' as never, '/room_keys/version/1', undefined, undefined, prefix);
  await http.authedRequest('POST' as never, '/room_keys/version', undefined, backup, prefix);
}

const reset = (engine: TestEngine, secret: string): Promise<unknown> =>
  engine.call('keyChange.begin', { operation: 'reset_backup', secret });

describe('resetting the backup', () => {
  it('fills a new one with everything, then deletes the old one; the recovery key stays', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);
    await reset(laptop, recoveryKey);
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await laptop.keys.waitFor(
      ({ state, backupVersion }) => state === 'ready' && backupVersion === '2',
    );
    expect(laptop.keys.value.backedUpKeys).toBe(4);
    expect(await versionIsThere(laptop, '1')).toBe(false);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('brings what only the old backup holds into the new one', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.restore.waitFor(({ step }) => step === 'done');
    sent.push(...(await converse(phone, 1, 2)));
    await phone.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 6);

    await reset(laptop, recoveryKey);
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await readsAll(laptop, sent);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('keeps an old backup of which a key can’t be read', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    const client = clientOf(laptop);
    const session = {
      first_message_index: 0,
      forwarded_count: 0,
      is_verified: true,
      session_data: { ciphertext: 'AAAA', ephemeral: 'A'.repeat(43), mac: 'AAAA' },
    };
    await client.http.authedRequest(
      'PUT' as never,
      `/room_keys/keys/${encodeURIComponent('!gone:localhost')}/broken`,
      { version: '1' },
      session,
      { prefix: '/_matrix/client/v3' },
    );
    await reset(laptop, recoveryKey);
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    expect(await versionIsThere(laptop, '1')).toBe(true);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('of which nobody has the key, never calls the account whole before its own is stored', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    const oldIsGone = Promise.withResolvers<void>();
    const asked: Pick<SignOutRisk, 'state' | 'safe'>[] = [];
    laptop.intercept(async ({ method, url }, onward) => {
      const { pathname } = url;
      if (method === 'PUT' && pathname.endsWith('/account_data/m.megolm_backup.v1')) {
        const { state, safe } = await laptop.call('signOut.risk', {});
        asked.push({ state, safe });
      }
      const response = await onward();
      if (response.status === 404 && pathname.endsWith('/room_keys/version/1')) oldIsGone.resolve();
      return response;
    });
    await replaceByBackupOfNobody(laptop);
    await laptop.call('repair.tryAgain', {});
    await oldIsGone.promise;
    await laptop.call('repair.tryAgain', {});
    expect(laptop.keys.value).toMatchObject({ state: 'backup_changed', backupVersion: '2' });
    const before = laptop.keys.history.length;
    await reset(laptop, recoveryKey);
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    expect(asked).toEqual([{ state: 'secrets_incomplete', safe: false }]);
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2);
    const told = laptop.keys.history.slice(before).map(({ state }) => state);
    expect(told.indexOf('ready')).toBeGreaterThan(told.lastIndexOf('secrets_incomplete'));
    await opensEverything(devices, recoveryKey, sent);
  });

  it('beside another client that stores a key of its own is not taken for whole (I3)', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    const { http } = clientOf(laptop);
    const path = `/user/${encodeURIComponent(devices.user.userId)}/account_data/m.megolm_backup.v1`;
    const theirs = { iv: randomBase64(16), ciphertext: randomBase64(44), mac: randomBase64(32) };
    let written = false;
    laptop.intercept(async ({ method, url }, onward) => {
      const response = await onward();
      if (written || method !== 'PUT' || !url.pathname.endsWith('/m.megolm_backup.v1')) {
        return response;
      }
      written = true;
      const { encrypted } = await http.authedRequest<{ encrypted: object }>('GET' as never, path);
      const slots = Object.fromEntries(Object.keys(encrypted).map((keyId) => [keyId, theirs]));
      await http.authedRequest('PUT' as never, path, undefined, { encrypted: slots });
      return response;
    });
    await reset(laptop, recoveryKey);
    await laptop.keyChange.waitFor(
      (change) => change.step === 'stopped' && change.code === 'changed_elsewhere',
    );
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    expect(await laptop.call('signOut.risk', {})).toMatchObject({
      state: 'secrets_incomplete',
      safe: false,
    });
    // The recovery key mends it.
    await laptop.call('repair.complete', { secret: recoveryKey });
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is refused with a wrong recovery key, and changes nothing', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    const other = 'EsTc vXkp 3Yyd Wm4R gqKJ 8uHs Dz2f Ab7N tPje 6CVo LhMw 9xQB';
    await expect(reset(laptop, other)).rejects.toHaveProperty('code');
    expect(laptop.keyChange.value).toEqual({ step: 'none' });
    expect(await versionIsThere(laptop, '2')).toBe(false);
  });

  it('stops where another device replaces the backup midway, and deletes nothing', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    const { intercept, cut } = cutAfter(2);
    laptop.intercept(intercept);
    await reset(laptop, recoveryKey);
    await cut;
    // The laptop has made version 2 and begun to fill it; the phone takes its turn from there.
    await phone.keys.waitFor(({ backupVersion }) => backupVersion !== null);
    await reset(phone, recoveryKey);
    await phone.keyChange.waitFor(({ step }) => step === 'done');

    laptop.intercept(null);
    await laptop.call('keyChange.continue', {});
    await laptop.keyChange.waitFor(
      (change) => change.step === 'stopped' && change.code === 'changed_elsewhere',
    );
    await laptop.call('keyChange.cancel', {});
    await laptop.keyChange.waitFor(({ step }) => step === 'none');
    expect(await versionIsThere(laptop, '1')).toBe(true);
    await opensEverything(devices, recoveryKey, sent);
    await readsAll(laptop, sent);
  });
});

describe('a reset of the backup that a crash cuts off', () => {
  /** New version, its keys, the preference, its key in storage, the old version. */
  const writes = 5;

  it.each(
    Array.from({ length: writes }, (_, index) => [
      [index, true] as const,
      [index + 1, false] as const,
    ]).flat(),
  )(
    'after %i writes (answered: %s) has lost nothing, deletes nothing too early, and goes on',
    async (count, answered) => {
      const laptop = await devices.signIn();
      const sent = await converse(laptop, 1, 2);
      const recoveryKey = await setUpByKey(laptop);
      const { intercept, cut } = cutAfter(count, answered);
      laptop.intercept(intercept);
      await reset(laptop, recoveryKey);
      await cut;
      await readsAll(laptop, sent);
      if (count < writes) expect(await versionIsThere(laptop, '1')).toBe(true);

      const restarted = await devices.restart(laptop);
      await restarted.keyChange.waitFor(({ step }) => step === 'done');
      await readsAll(restarted, sent);
      await opensEverything(devices, recoveryKey, sent);
      await restarted.keys.waitFor(({ state }) => state === 'ready');
      expect(await versionIsThere(restarted, '1')).toBe(false);
    },
  );
});
