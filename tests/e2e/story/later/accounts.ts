/** Two people at one computer: the second account, and choosing between them. */
import { expect } from '@playwright/test';
import { toSettings, type Telling } from './chapter';

export async function aroundTheAccount(telling: Telling): Promise<void> {
  const { cast, first, show, stage, story, words } = telling;
  const t = words.accounts;
  await toSettings(first, t.settings.title);
  await first.page.getByLabel(t.settings.name, { exact: true }).fill(cast.shortName);
  await first.button(t.settings.save).click();
  await expect(first.page.getByText(t.settings.saved)).toBeVisible();
  await show('account-on-this-computer');
  await first.page.keyboard.press('Escape');

  await first.openRoom(story.names.seminar);
  await first.draft(cast.draft);
  await first.inMenu(t.add);
  await expect(first.page.getByRole('alertdialog')).toContainText(t.leave.draftLost);
  await show('leave-account');
  await first.button(t.leave.go.add).click();
  await expect(first.heading(words.signIn.serverTitle)).toBeVisible();
  const colleague = await stage.scene.newPerson(cast.guest.account);
  await first.signIn(stage.scene.signInData(colleague));
  await first.button(words.keys.setup.skip).click();
  await first.button(words.keys.skip.skip).click();
  await expect(first.page.getByText(words.rooms.empty)).toBeVisible();

  await first.inMenu(t.switch);
  await expect(first.heading(t.chooseTitle)).toBeVisible();
  await show('choose-account');
}
