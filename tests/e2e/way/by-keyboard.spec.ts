/** The way from the first sign-in to the last warning, without a pointer. */
import { en } from '../../../renderer/i18n/en';
import { Keyboard } from '../story/keyboard';
import { Person } from '../story/person';
import { useScene } from '../story/scene';
import { expect, test } from '../support/fixture';

const scene = useScene();

test('everything is reached by keyboard, shows its focus and has a name', async ({
  shell,
  openShell,
}) => {
  test.setTimeout(240_000);
  const user = await scene.newPerson('hedy');
  const partner = await scene.newPartner('antheil');
  const hedy = new Person(shell);
  const keys = new Keyboard(() => hedy.page);
  const field = (label: string): ReturnType<typeof hedy.page.getByLabel> =>
    hedy.page.getByLabel(label, { exact: true });

  await test.step('sign in', async () => {
    const { server, user: name, password } = scene.signInData(user);
    await keys.type(field(en.signIn.server), server);
    await hedy.page.keyboard.press('Enter');
    await keys.type(field(en.signIn.user), name);
    await keys.type(field(en.signIn.password), password);
    await hedy.page.keyboard.press('Enter');
  });

  const recoveryKey = await test.step('set up key backup', async () => {
    await expect(hedy.heading(en.keys.setup.title)).toBeVisible();
    const ways = hedy.page.getByRole('radio');
    await keys.pick(hedy.page.getByRole('radio', { name: en.keys.setup.key }), ways);
    await keys.press(hedy.button(en.common.continue));
    const key = await hedy.shownKey();
    await shell.dialogs.answerSave(`${scene.folder}/by keyboard.txt`);
    await keys.press(hedy.copyCard(en.keys.present.save));
    await expect(hedy.page.getByText(en.keys.present.saved('by keyboard.txt'))).toBeVisible();
    await keys.press(hedy.button(en.keys.present.next));
    await expect(hedy.heading(en.keys.prove.title)).toBeVisible();
    const groups = key.split(' ');
    for (const input of await hedy.page.getByRole('textbox').all()) {
      const label = await input.evaluate((element) =>
        element instanceof HTMLInputElement ? (element.labels?.[0]?.textContent ?? '') : '',
      );
      await keys.type(input, groups[Number(/\d+/.exec(label)?.[0]) - 1] ?? '');
    }
    await keys.press(hedy.button(en.keys.prove.check));
    await expect(hedy.heading(en.keys.done.title)).toBeVisible({ timeout: 60_000 });
    await keys.press(hedy.button(en.keys.done.finish));
    return key;
  });

  await test.step('answer an invitation and talk', async () => {
    const roomId = await partner.createRoom({ name: 'Torpedoes', invite: [user.userId] });
    await keys.press(hedy.page.getByRole('button', { name: /Torpedoes/ }).first());
    await keys.press(hedy.button(en.rooms.accept));
    await partner.member(roomId, user.userId);
    const composer = hedy.page.getByRole('textbox', { name: /Torpedoes/ });
    await keys.type(composer, 'Frequency hopping, then.');
    await hedy.page.keyboard.press('Enter');
    await partner.hears(roomId, 'Frequency hopping, then.');
  });

  await test.step('look at the key health and at signing out', async () => {
    const menu = hedy.page.getByTitle(en.settings.menu);
    await keys.press(menu);
    await pickItem(en.settings.open);
    await expect(hedy.heading(en.settings.title)).toBeVisible();
    await hedy.page.keyboard.press('Escape');
    await expect(hedy.heading(en.settings.title)).toBeHidden();
    await keys.press(menu);
    await pickItem(en.settings.signOut);
    await expect(hedy.heading(en.keys.signOut.safeTitle)).toBeVisible({ timeout: 60_000 });
    await keys.press(hedy.button(en.common.cancel));
    await expect(hedy.heading(en.keys.signOut.safeTitle)).toBeHidden();

    async function pickItem(name: string): Promise<void> {
      const item = hedy.page.getByRole('menuitem', { name });
      await expect(item).toBeVisible();
      for (let step = 0; step < 12; step++) {
        if (await item.evaluate((element) => element === document.activeElement)) break;
        await hedy.page.keyboard.press('ArrowDown');
      }
      await hedy.page.keyboard.press('Enter');
    }
  });

  await test.step('restore on a second device', async () => {
    const second = new Person(await openShell());
    const hands = new Keyboard(() => second.page);
    await second.signIn(scene.signInData(user));
    await expect(second.heading(en.keys.restore.title)).toBeVisible();
    await hands.type(second.page.getByRole('textbox').last(), recoveryKey);
    await hands.press(second.button(en.keys.restore.submit));
    await expect(second.heading(en.keys.restore.doneTitle)).toBeVisible({ timeout: 60_000 });
    await hands.press(second.button(en.keys.restore.finish));
    await hands.press(second.page.getByRole('button', { name: /Torpedoes/ }).first());
    await expect(second.message('Frequency hopping, then.')).toBeVisible();
  });
});
