/** What stands between a person and the loss of their history: skip, reminder, sign-out, quit. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();

test('skipping is never the end of it', async ({ shell }) => {
  test.setTimeout(240_000);
  const user = await scene.newPerson('lise');
  const partner = await scene.newPartner('otto');
  const lise = new Person(shell);
  await lise.signIn(scene.signInData(user));

  await test.step('skip, and be told what that means', async () => {
    await lise.button(en.keys.setup.skip).click();
    await expect(lise.heading(en.keys.skip.title)).toBeVisible();
    await expect(lise.page.getByText(en.keys.skip.nobody)).toBeVisible();
    await lise.button(en.keys.skip.skip).click();
  });

  await test.step('receive keys', async () => {
    const roomId = await partner.createRoom({ name: 'Fission', invite: [user.userId] });
    await lise.page.getByRole('button', { name: /Fission/ }).click();
    await lise.button(en.rooms.accept).click();
    await partner.member(roomId, user.userId);
    await partner.say(roomId, 'Have a look at these numbers.');
    await lise.openRoom('Fission');
    await expect(lise.message('Have a look at these numbers.')).toBeVisible();
  });

  await test.step('be reminded, and again after a restart', async () => {
    const reminder = lise.page.getByRole('region', { name: en.keys.reminder.setUpTitle });
    await expect(reminder).toBeVisible();
    await shell.restart();
    await expect(
      lise.page.getByRole('region', { name: en.keys.reminder.setUpTitle }),
    ).toBeVisible();
    await lise.button(en.keys.reminder.later).click();
    await expect(lise.page.getByRole('region', { name: en.keys.reminder.setUpTitle })).toBeHidden();
  });

  await test.step('be asked before quitting', async () => {
    await shell.closeWindow();
    // The window stays, or goes and comes back; either way the question stands in it.
    await expect(async () => {
      await shell.reopened();
      await expect(lise.heading(en.keys.quit.noBackupTitle)).toBeVisible({ timeout: 1_000 });
    }).toPass({ timeout: 45_000 });
    await lise.button(en.keys.quit.stay).click();
    await expect(lise.heading(en.keys.quit.noBackupTitle)).toBeHidden();
  });

  await test.step('be warned before signing out, and export the keys', async () => {
    await lise.startSignOut();
    await expect(lise.heading(en.keys.signOut.noBackupTitle)).toBeVisible();
    await lise.button(en.keys.signOut.export).click();
    await lise.page
      .getByLabel(en.keys.export.passphrase, { exact: true })
      .fill('a long passphrase');
    await lise.page.getByLabel(en.keys.export.repeated, { exact: true }).fill('a long passphrase');
    const file = join(scene.folder, 'keys.txt');
    await shell.dialogs.answerSave(file);
    await lise.button(en.keys.export.submit).click();
    await expect(lise.page.getByText('keys.txt').first()).toBeVisible();
    expect(await readFile(file, 'utf8')).toMatch(/^-----BEGIN MEGOLM SESSION DATA-----/);
  });

  await test.step('sign out only after understanding', async () => {
    await lise.button(en.keys.signOut.anyway).click();
    const confirm = lise.button(en.keys.signOut.confirmAction);
    await lise.page.getByRole('checkbox', { name: en.keys.signOut.accept }).check();
    await confirm.click();
    await expect(lise.heading(en.signIn.serverTitle)).toBeVisible();
  });
});
