import { afterAll, expect, it } from 'vitest';
import { makeKeyBackup } from '../../support/backup/make-key-backup';
import { removeProfiles, startEngine } from '../../support/engine/start-engine';
import { sharedHomeserver, uniqueName } from '../../support/homeserver/shared';

afterAll(removeProfiles);

it('fills a backup that the app restores whole, of rooms the account is in and has left', async () => {
  const homeserver = await sharedHomeserver();
  const account = await homeserver.registerUser(uniqueName('backup'));
  const backup = await makeKeyBackup({ homeserver, account, keys: 250, rooms: 5, joined: 2 });
  expect(backup.keys).toBe(250);
  expect(new Set(backup.rooms).size).toBe(5);

  await using desktop = await startEngine({ signIn: { homeserver, user: account } });
  await desktop.call('restore.begin', { secret: backup.recoveryKey });
  const done = await desktop.restore.waitFor((state) => state.step === 'done');
  expect(done).toMatchObject({ imported: 250, total: 250, failed: 0 });

  const crypto = desktop.engine.session.client.getCrypto();
  const exported = (await crypto?.exportRoomKeys()) ?? [];
  expect(new Set(exported.map((key) => key.room_id))).toEqual(new Set(backup.rooms));
});
