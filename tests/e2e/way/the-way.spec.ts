/**
 * The whole way on real windows: signing in, setting up key backup, keeping the recovery key,
 * talking encrypted, signing in on a second device and reading everything there.
 */
import { execFile } from 'node:child_process';
import { readFile, stat } from 'node:fs/promises';
import { promisify } from 'node:util';
import { en } from '../../../renderer/i18n/en';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();

test('with a recovery key, from the first sign-in to the second device', async ({
  shell,
  openShell,
}) => {
  test.setTimeout(240_000);
  const user = await scene.newPerson('ada');
  const partner = await scene.newPartner('grace');
  const ada = new Person(shell);

  await test.step('sign in', async () => {
    await ada.signIn(scene.signInData(user));
    await expect(ada.heading(en.keys.setup.title)).toBeVisible();
  });

  const { recoveryKey, file } = await test.step('keep the recovery key', async () => {
    const key = await ada.chooseKey();
    expect(key.split(' ')).toHaveLength(12);
    const path = await ada.saveKey(scene.folder);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path, 'utf8')).toContain(key);

    const pdf = await ada.savePdf(scene.folder);
    const { stdout: text } = await promisify(execFile)('pdftotext', ['-layout', pdf, '-']);
    for (const group of key.split(' ')) expect(text).toContain(group);
    expect(text).toContain(user.userId);
    const { stdout: info } = await promisify(execFile)('pdfinfo', [pdf]);
    expect(info).toMatch(/^Pages:\s+1$/m);

    // The print dialog stands over the sheet; what is on it the PDF has shown.
    const [sheet] = await Promise.all([
      ada.page.context().waitForEvent('page'),
      ada.copyCard(en.keys.present.print).click(),
    ]);
    await sheet.waitForURL(/\/lent\//);
    await expect(ada.page.getByText(en.keys.present.printed)).toBeVisible();
    return { recoveryKey: key, file: path };
  });

  await test.step('prove it and secure the keys', async () => {
    await ada.toProof();
    await expect(ada.page.getByText(recoveryKey.slice(0, 4), { exact: true })).toBeHidden();
    await ada.proveByGroups(recoveryKey);
    await ada.finishSetup();
  });

  const roomId = await test.step('talk encrypted', async () => {
    const id = await partner.createRoom({ name: 'Seminar', invite: [user.userId] });
    await ada.page.getByRole('button', { name: /Seminar/ }).click();
    await ada.button(en.rooms.accept).click();
    await partner.member(id, user.userId);
    await ada.openRoom('Seminar');
    await partner.say(id, 'Good morning. The sheets are online.');
    await expect(ada.message('Good morning. The sheets are online.')).toBeVisible();
    await ada.say('Thank you! I am on it.');
    const heard = await partner.hears(id, 'Thank you! I am on it.');
    expect(heard.isEncrypted()).toBe(true);
    await expect(ada.message('Thank you! I am on it.')).toBeVisible();
    return id;
  });

  await test.step('come back after a restart, without being asked anything', async () => {
    await shell.restart();
    await ada.openRoom('Seminar');
    await expect(ada.message('Good morning. The sheets are online.')).toBeVisible();
    await expect(ada.message('Thank you! I am on it.')).toBeVisible();
  });

  await test.step('see every key go into the backup', () => ada.keysAreSafe());

  await test.step('read everything on a second device, with the saved file', async () => {
    const second = new Person(await openShell());
    await second.signIn(scene.signInData(user));
    await expect(second.heading(en.keys.restore.title)).toBeVisible();
    await second.shell.dialogs.answerOpen(file);
    await second.button(en.keys.restore.choose).click();
    await second.finishRestore();
    await second.openRoom('Seminar');
    await expect(second.message('Good morning. The sheets are online.')).toBeVisible();
    await expect(second.message('Thank you! I am on it.')).toBeVisible();
    await partner.say(roomId, 'And both devices hear this.');
    await expect(second.message('And both devices hear this.')).toBeVisible();
    await expect(ada.message('And both devices hear this.')).toBeVisible();
  });
});
