/** What is here stays here when the server is gone, however the app was ended. */
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();

test('rooms and messages are there without the server, after any end', async ({ shell }) => {
  test.setTimeout(120_000);
  const user = await scene.newPerson('maria');
  const partner = await scene.newPartner('pierre');
  const maria = new Person(shell);
  await maria.signIn(scene.signInData(user));
  await maria.button(en.keys.setup.skip).click();
  await maria.button(en.keys.skip.skip).click();
  const roomId = await partner.createRoom({ name: 'Radium', invite: [user.userId] });
  await maria.page.getByRole('button', { name: /Radium/ }).click();
  await maria.button(en.rooms.accept).click();
  await partner.member(roomId, user.userId);
  await partner.say(roomId, 'It glows.');
  await maria.openRoom('Radium');
  await expect(maria.message('It glows.')).toBeVisible();

  await scene.homeserver.stop();
  for (const signal of ['SIGTERM', 'SIGKILL'] as const) {
    await test.step(`ended by ${signal}`, async () => {
      await shell.restart(signal);
      await maria.openRoom('Radium');
      await expect(maria.message('It glows.')).toBeVisible();
    });
  }
});
