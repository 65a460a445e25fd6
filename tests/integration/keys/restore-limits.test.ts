import { Method } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { cryptoOf } from '../../../main/engine/keys/olm-machine';
import { encodeRecoveryKey } from '../../../preload/rules/recovery-key';
import { matrixError } from '../../support/engine/test-fetch';
import type { TestEngine } from '../../support/engine/start-engine';
import { clientOf, converse, createEncryptedRoom } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';

const devices = useDevices();

function ask(engine: TestEngine, method: Method, path: string, body?: object): Promise<unknown> {
  return clientOf(engine).http.authedRequest(method, path, {}, body, {
    prefix: '/_matrix/client/v3',
  });
}

function accountData(): string {
  return `/user/${encodeURIComponent(devices.user.userId)}/account_data`;
}

describe('restoring', () => {
  it('brings the keys of rooms the account has left, too', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    await createEncryptedRoom(clientOf(laptop));
    const recoveryKey = await setUpByKey(laptop);
    await clientOf(laptop).leave(sent[0]!.roomId);

    const desktop = await devices.signIn();
    await desktop.call('restore.begin', { secret: recoveryKey });
    const done = await desktop.restore.waitFor(({ step }) => step === 'done');
    expect(done).toEqual({ step: 'done', imported: 4, total: 4, failed: 0, failedRooms: [] });
  });

  it('says that the backup is gone where somebody deleted it, and makes none in its place', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const recoveryKey = await setUpByKey(laptop);
    await ask(laptop, Method.Delete, `/room_keys/version/${laptop.keys.value.backupVersion!}`);

    const desktop = await devices.signIn();
    await expect(desktop.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_missing',
    });
    await desktop.call('signOut.risk', {});
    expect(desktop.keys.value.backupVersion).toBeNull();
    await laptop.call('signOut.risk', {});
    expect(laptop.keys.value.state).toBe('backup_changed');
  });

  it('says that the stored key is another backup’s where the backup was replaced', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByKey(laptop);
    const stranger = await devices.signIn();
    await expect(cryptoOf(clientOf(stranger)).resetKeyBackup()).rejects.toThrow();

    const desktop = await devices.signIn();
    await expect(desktop.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_key_mismatch',
    });
  });

  it('makes a first backup where storage has no key of one, whichever write fails first', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 1);
    const recoveryKey = await setUpByKey(laptop);
    await ask(laptop, Method.Delete, `/room_keys/version/${laptop.keys.value.backupVersion!}`);
    await ask(laptop, Method.Put, `${accountData()}/m.megolm_backup.v1`, {});

    const failedOnce = new Set<string>();
    laptop.intercept(async ({ method, url }, onward) => {
      const step = `${method} ${url.pathname}`;
      const writes = method !== 'GET' && /\/account_data\/|\/room_keys\/version$/.test(step);
      if (!writes || failedOnce.has(step)) return onward();
      failedOnce.add(step);
      return matrixError(500, 'M_UNKNOWN');
    });
    // The preference, the key, the backup.
    for (let attempt = 0; attempt < 3; attempt += 1) {
      await expect(laptop.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
        code: 'server_error',
      });
    }
    await laptop.call('restore.begin', { secret: recoveryKey });
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 1);
  });

  it.each([
    ['with', false],
    ['without', true],
  ])(
    'switches the backup on again for whoever enters the recovery key, %s its key in storage',
    async (_with, emptied) => {
      const laptop = await devices.signIn();
      await converse(laptop, 1, 1);
      const recoveryKey = await setUpByKey(laptop);
      await ask(laptop, Method.Delete, `/room_keys/version/${laptop.keys.value.backupVersion!}`);
      if (emptied) await ask(laptop, Method.Put, `${accountData()}/m.megolm_backup.v1`, {});
      await ask(laptop, Method.Put, `${accountData()}/m.key_backup`, { enabled: false });
      await laptop.keys.waitFor(({ state }) => state === 'disabled_by_user');

      await laptop.call('restore.begin', { secret: recoveryKey });
      await laptop.keys.waitFor(
        ({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 1,
      );
      expect(await ask(laptop, Method.Get, `${accountData()}/m.key_backup`)).toEqual({
        enabled: true,
      });
    },
  );

  it('leaves alone what is stored for another recovery key', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByKey(laptop);
    await ask(laptop, Method.Delete, `/room_keys/version/${laptop.keys.value.backupVersion!}`);
    const others = { encrypted: { another: { iv: 'a', ciphertext: 'b', mac: 'c' } } };
    const names = ['m.megolm_backup.v1', 'm.cross_signing.master'];
    const all = [...names, 'm.cross_signing.self_signing', 'm.cross_signing.user_signing'];
    for (const name of all) await ask(laptop, Method.Put, `${accountData()}/${name}`, others);

    await expect(laptop.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'backup_missing',
    });
    for (const name of all) {
      expect(await ask(laptop, Method.Get, `${accountData()}/${name}`)).toEqual(others);
    }
  });

  it('says that there is nothing to restore in a new account', async () => {
    const laptop = await devices.signIn();
    const secret = encodeRecoveryKey(new Uint8Array(32).fill(1));
    await expect(laptop.call('restore.begin', { secret })).rejects.toMatchObject({
      code: 'backup_missing',
    });
  });

  it('checks the key by a stored secret where its description has no check values', async () => {
    const laptop = await devices.signIn();
    const recoveryKey = await setUpByKey(laptop);
    const path = `${accountData()}/m.secret_storage.default_key`;
    const { key } = (await ask(laptop, Method.Get, path)) as { key: string };
    await ask(laptop, Method.Put, `${accountData()}/m.secret_storage.key.${key}`, {
      algorithm: 'm.secret_storage.v1.aes-hmac-sha2',
    });

    const desktop = await devices.signIn();
    const wrong = encodeRecoveryKey(new Uint8Array(32).fill(1));
    await expect(desktop.call('restore.begin', { secret: wrong })).rejects.toMatchObject({
      code: 'key_wrong',
    });
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.keys.waitFor(({ state }) => state === 'ready');

    for (const name of [
      'm.megolm_backup.v1',
      'm.cross_signing.master',
      'm.cross_signing.self_signing',
      'm.cross_signing.user_signing',
    ]) {
      await ask(laptop, Method.Put, `${accountData()}/${name}`, {});
    }
    const tablet = await devices.signIn();
    await expect(tablet.call('restore.begin', { secret: recoveryKey })).rejects.toMatchObject({
      code: 'key_unverifiable',
    });
  });
});
