import { it } from 'vitest';
import type { RoomId } from '../../../preload/model/ids';
import { clientOf, createEncryptedRoom, readableOnScreen, send } from '../keys/conversation';
import { useDevices } from '../keys/devices';
import { setUpByKey } from '../keys/setup-by';
import { bodies } from './content';
import { watch } from './conversation';

const devices = useDevices();

it('a message is read once another device has uploaded its key, without anybody asking', async () => {
  const laptop = await devices.signIn();
  await laptop.connection.waitFor(({ state }) => state === 'online');
  const roomId = (await createEncryptedRoom(clientOf(laptop))) as RoomId;
  const old = await send(clientOf(laptop), roomId, 'in the backup');
  const recoveryKey = await setUpByKey(laptop);

  // The newest key stays on the laptop until the other device has restored and looked.
  const held = Promise.withResolvers<void>();
  laptop.intercept(async ({ url, method }, onward) => {
    if (method === 'PUT' && url.pathname.includes('/room_keys/keys')) await held.promise;
    return onward();
  });
  await clientOf(laptop).getCrypto()?.forceDiscardSession(roomId);
  await send(clientOf(laptop), roomId, 'not yet in the backup');

  const desktop = await devices.signIn();
  const timeline = watch(desktop, roomId);
  await desktop.call('restore.begin', { secret: recoveryKey });
  await desktop.restore.waitFor(({ step }) => step === 'done');
  await readableOnScreen(desktop, old);
  await timeline.waitFor(({ items }) =>
    items.some(({ content }) => content.kind === 'undecryptable'),
  );
  held.resolve();

  await timeline.waitFor(({ items }) => bodies(items).includes('not yet in the backup'));
  timeline.stop();
});
