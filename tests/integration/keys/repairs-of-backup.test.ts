/** Every way out of a state of the key backup, gone from beginning to end. */
import { BackupDecryptionKey } from '@matrix-org/matrix-sdk-crypto-wasm';
import { Method } from 'matrix-js-sdk';
import { describe, expect, it } from 'vitest';
import { olmMachineOf } from '../../../main/engine/keys/olm-machine';
import type { TestEngine } from '../../support/engine/start-engine';
import { opensEverything } from '../keys-change/change-by';
import { clientOf, converse } from './conversation';
import { useDevices } from './devices';
import { accountDataOf, ask, readsAll, settled } from './on-the-server';
import { setUpByKey } from './setup-by';
import { uploadsFail } from './uploads-fail';

const devices = useDevices();
const accountData = (type: string): string => accountDataOf(devices.user, type);

/** A backup as another client makes it in the place of the present one; its key is stored nowhere. */
async function replaceBackup(engine: TestEngine, by: 'this device' | 'nobody'): Promise<void> {
  const key = BackupDecryptionKey.createRandomKey();
  const authData = { public_key: key.megolmV1PublicKey.publicKeyBase64 };
  const signed = await olmMachineOf(clientOf(engine)).sign(JSON.stringify(authData));
  const signatures = by === 'nobody' ? {} : (JSON.parse(signed.asJSON()) as object);
  await ask(engine, Method.Post, '/room_keys/version', {
    algorithm: 'm.megolm_backup.v1.curve25519-aes-sha2',
    auth_data: { ...authData, signatures },
  });
}

describe('keys that the server has lost', () => {
  it('are uploaded once more, and “all is safe” is not said meanwhile', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 2, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
    const version = laptop.keys.value.backupVersion!;
    laptop.intercept(uploadsFail);
    const room = encodeURIComponent(sent[0]!.roomId);
    await ask(laptop, Method.Delete, `/room_keys/keys/${room}`, undefined, { version });
    expect(await settled(laptop)).toMatchObject({ state: 'uploading', repair: 'upload_now' });
    expect(laptop.keys.value.pendingKeys).toBeGreaterThanOrEqual(2);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: false });
    laptop.intercept(null);
    await laptop.call('repair.uploadNow', {});
    expect(laptop.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 4, pendingKeys: 0 });
    await opensEverything(devices, recoveryKey, sent);
  });

  it('are found out at a start, too', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 3);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const phone = await devices.signIn();
    await laptop.stop();
    await ask(phone, Method.Delete, '/room_keys/keys', undefined, { version: '1' });
    const restarted = await devices.restart(laptop, uploadsFail);
    await restarted.keys.waitFor(({ state }) => state === 'uploading');
    restarted.intercept(null);
    await restarted.call('repair.uploadNow', {});
    expect(restarted.keys.value).toMatchObject({ state: 'ready', backedUpKeys: 3 });
    await opensEverything(devices, recoveryKey, sent);
  });
});

describe('a backup that another device replaced', () => {
  it('says who did, and is taken up with the recovery key, though its key is in storage only', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    // Something that only the old backup has, as far as the laptop is concerned.
    sent.push(...(await converse(phone, 1, 2)));
    await phone.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 4);
    const stopped = laptop;
    await stopped.stop();

    await phone.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await phone.keyChange.waitFor(({ step }) => step === 'done');
    // Signed by nobody that the laptop could go by.
    const restarted = await devices.restart(stopped);
    await restarted.keys.waitFor(({ backupVersion }) => backupVersion === '2');
    const health = await settled(restarted);
    expect(health.findings?.backup?.madeBy?.deviceId).toBe(phone.account?.deviceId);
    expect(health).toMatchObject({ state: 'needs_restore', repair: 'restore' });
    await restarted.call('restore.begin', { secret: recoveryKey });
    await restarted.keys.waitFor(({ state }) => state === 'ready');
    await readsAll(restarted, sent);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('brings what only the old one holds here, though nobody entered a key yet (I1)', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    sent.push(...(await converse(phone, 1, 2)));
    await phone.call('repair.uploadNow', {});
    await replaceBackup(phone, 'nobody');
    await phone.stop();

    expect(await settled(laptop)).toMatchObject({ state: 'backup_changed', repair: 'complete' });
    await readsAll(laptop, sent);

    // The recovery key is right, but does not prove the new backup: then a new one is made.
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('backup_closed');
    expect(laptop.keys.value).toMatchObject({ state: 'reset_required', repair: 'reset_backup' });
    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
  });

  it('is made again by the recovery key where it was deleted', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await ask(laptop, Method.Delete, '/room_keys/version/1');
    expect(await settled(laptop)).toMatchObject({ state: 'backup_changed', repair: 'complete' });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2);
    await opensEverything(devices, recoveryKey, sent);
  });

  it('counts nothing as uploaded to the new one that only the old one has (I3)', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 3);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const phone = await devices.signIn();
    await phone.call('restore.begin', { secret: recoveryKey });
    await phone.keys.waitFor(({ state }) => state === 'ready');
    await laptop.stop();
    // As many keys in the new backup as the laptop has, but others: a count alone shows nothing.
    await replaceBackup(phone, 'this device');
    const only = { first_message_index: 0, forwarded_count: 0, is_verified: false };
    const sessionData = { ciphertext: 'AAAA', ephemeral: 'A'.repeat(43), mac: 'AAAA' };
    for (const session of ['a', 'b', 'c']) {
      const path = `/room_keys/keys/${encodeURIComponent('!other:localhost')}/${session}`;
      const key = { ...only, session_data: sessionData };
      await ask(phone, Method.Put, path, key, { version: '2' });
    }
    const restarted = await devices.restart(laptop, uploadsFail);
    await restarted.keys.waitFor(({ backupVersion }) => backupVersion === '2');
    await settled(restarted);
    await restarted.keys.waitFor(({ pendingKeys }) => pendingKeys === 3);
    await restarted.engine.session.keys.signOutRisk();
    expect(await restarted.call('signOut.risk', {})).toMatchObject({ safe: false });
    restarted.intercept(null);
    await restarted.call('repair.uploadNow', {});
    await restarted.keys.waitFor(({ backedUpKeys }) => (backedUpKeys ?? 0) >= 6);
  });
});

describe('what the server answers and Holdfast does not understand', () => {
  it('is no backup to add to; a new one is made beside it, on the person’s word', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const other = { algorithm: 'org.example.v2', auth_data: { secret: 'yes' } };
    await ask(laptop, Method.Post, '/room_keys/version', other);
    expect(await settled(laptop)).toMatchObject({
      state: 'reset_required',
      repair: 'reset_backup',
      problem: null,
      findings: { backup: { version: '2', trust: 'untrusted', understood: false } },
    });
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: false });
    const phone = await devices.signIn();
    expect(await phone.call('repair.complete', { secret: recoveryKey })).toBe('backup_closed');
    expect(await settled(phone)).toMatchObject({ state: 'reset_required' });

    await laptop.call('keyChange.begin', { operation: 'reset_backup', secret: recoveryKey });
    await laptop.keyChange.waitFor(({ step }) => step === 'done');
    await laptop.keys.waitFor(
      ({ state, backupVersion }) => state === 'ready' && backupVersion === '3',
    );
    expect(await ask(laptop, Method.Get, '/room_keys/version/2')).toMatchObject(other);
    await opensEverything(devices, recoveryKey, sent);
  });
});

describe('a backup that nobody vouches for', () => {
  it('is proven by the recovery key, and signed, so that other devices trust it', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    const info = await ask<{ auth_data: object; algorithm: string }>(
      laptop,
      Method.Get,
      '/room_keys/version',
    );
    const bare = { ...info, auth_data: { ...info.auth_data, signatures: {} }, version: '1' };
    await ask(laptop, Method.Put, '/room_keys/version/1', bare);
    const phone = await devices.signIn();
    await expect(settled(phone)).resolves.toMatchObject({ state: 'needs_restore' });
    expect(await phone.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await phone.keys.waitFor(({ state }) => state === 'ready');
    await readsAll(phone, sent);
    const { auth_data: signed } = await ask<{
      auth_data: { signatures: Record<string, Record<string, string>> };
    }>(phone, Method.Get, '/room_keys/version');
    const signers = Object.keys(signed.signatures[devices.user.userId] ?? {});
    expect(signers).toHaveLength(2);
    const desktop = await devices.signIn();
    await desktop.keys.waitFor(({ findings }) => findings !== null);
    await desktop.call('restore.begin', { secret: recoveryKey });
    await desktop.keys.waitFor(({ state }) => state === 'ready');
  });
});

describe('a backup that was switched off', () => {
  it('is switched on by the recovery key', async () => {
    const laptop = await devices.signIn();
    const sent = await converse(laptop, 1, 2);
    const recoveryKey = await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await ask(laptop, Method.Delete, '/room_keys/version/1');
    await ask(laptop, Method.Put, accountData('m.key_backup'), { enabled: false });
    expect(await settled(laptop)).toMatchObject({ state: 'disabled_by_user', repair: 'complete' });
    expect(await laptop.call('repair.complete', { secret: recoveryKey })).toBe('complete');
    await laptop.keys.waitFor(({ state }) => state === 'ready');
    await opensEverything(devices, recoveryKey, sent);
  });
});
