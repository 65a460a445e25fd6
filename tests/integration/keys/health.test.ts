import { OlmMachine } from '@matrix-org/matrix-sdk-crypto-wasm';
import { describe, expect, it } from 'vitest';
import { cryptoOf } from '../../../main/engine/keys/olm-machine';
import { homeserverOf } from '../../../main/engine/keys/server/homeserver';
import { PendingKeys } from '../../../main/engine/keys/server/pending-keys';
import { startEngine } from '../../support/engine/start-engine';
import { startHomeserver } from '../../support/homeserver/homeserver';
import { clientOf, converse, send } from './conversation';
import { useDevices } from './devices';
import { setUpByKey } from './setup-by';

const devices = useDevices();

describe('the state of the keys', () => {
  it('is “backup changed” where another device replaced the backup, and nothing is uploaded', async () => {
    const laptop = await devices.signIn();
    const [sent] = await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    const version = laptop.keys.value.backupVersion;

    // Another client deletes the backup and makes its own, whose key it can't store.
    const stranger = await devices.signIn();
    await expect(cryptoOf(clientOf(stranger)).resetKeyBackup()).rejects.toThrow();

    await clientOf(laptop).getCrypto()!.forceDiscardSession(sent!.roomId);
    const uploads: string[] = [];
    laptop.intercept(async ({ method, url }, onward) => {
      const response = await onward();
      const uploaded = method === 'PUT' && url.pathname.endsWith('/room_keys/keys') && response.ok;
      if (uploaded) uploads.push(url.search);
      return response;
    });
    await laptop.call('signOut.risk', {});
    expect(laptop.keys.value.state).toBe('backup_changed');
    expect(laptop.keys.value.backupVersion).not.toBe(version);
    expect(await laptop.call('signOut.risk', {})).toMatchObject({ safe: false });
    expect(uploads).toEqual([]);
  });

  it('is “switched off” where the person switched the backup off, and still reminds', async () => {
    const laptop = await devices.signIn();
    await laptop.keys.waitFor(({ state }) => state === 'needs_setup');
    const client = clientOf(laptop);
    const path = `/user/${encodeURIComponent(devices.user.userId)}/account_data/m.key_backup`;
    await client.http.authedRequest('PUT' as never, path, {}, { enabled: false });
    await laptop.keys.waitFor(({ state }) => state === 'disabled_by_user');
    expect(laptop.keys.value.reminder).toEqual({ due: true });

    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state }) => state === 'ready');
  });

  it('has the number in the backup right, also where keys got there before they were counted', async () => {
    const laptop = await devices.signIn();
    const [sent] = await converse(laptop, 1, 1);
    await setUpByKey(laptop);
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 1);
    const client = clientOf(laptop);
    await client.getCrypto()!.forceDiscardSession(sent!.roomId);
    await send(client, sent!.roomId, 'under another key');
    // As the SDK's own loop does where it happens to begin at once.
    const pending = new PendingKeys(client, homeserverOf(client, AbortSignal.timeout(60_000)));
    await pending.upload(() => Promise.resolve());
    await laptop.keys.waitFor(({ state, backedUpKeys }) => state === 'ready' && backedUpKeys === 2);
  });
});

describe('the homeserver’s policy', () => {
  it('makes setup a must, by the methods it names', async () => {
    const homeserver = await startHomeserver({
      config: {
        extra_well_known_client_content: {
          'io.element.e2ee': {
            secure_backup_required: true,
            secure_backup_setup_methods: ['key'],
          },
        },
      },
    });
    const user = await homeserver.registerUser('ada');
    const laptop = await startEngine({ signIn: { homeserver, user } });
    try {
      const health = await laptop.keys.waitFor(
        ({ state, policy }) => state === 'needs_setup' && policy.setupRequired,
      );
      expect(health.policy).toEqual({ setupRequired: true, methods: ['key'] });
      expect(health.reminder).toEqual({ due: true });
      await expect(laptop.call('reminder.snooze', {})).rejects.toMatchObject({
        code: 'policy_required',
      });
      const phrase = 'Ein Kamel tanzt grün auf dem Dach';
      await expect(
        laptop.call('setup.begin', { method: 'phrase', phrase, repeated: phrase }),
      ).rejects.toMatchObject({ code: 'not_allowed' });
    } finally {
      await laptop.stop();
      await homeserver.stop();
    }
  });
});

describe('an exported key file', () => {
  it('opens with its passphrase, and holds every key of the device', async () => {
    const laptop = await devices.signIn();
    await converse(laptop, 1, 3);
    const { text, keys } = await laptop.engine.session.keys.exportKeys('a long passphrase');
    expect(keys).toBe(3);
    expect(text).toMatch(/^-----BEGIN MEGOLM SESSION DATA-----\n/);
    const exported = JSON.parse(
      OlmMachine.decryptExportedRoomKeys(text, 'a long passphrase'),
    ) as unknown[];
    expect(exported).toHaveLength(3);
    await expect(laptop.engine.session.keys.exportKeys('short')).rejects.toMatchObject({
      code: 'passphrase_too_short',
    });
  });
});
