/** A second device: not trusted yet, verified by the first, and what it can do to it. */
import { expect } from '@playwright/test';
import { Person } from '../person';
import { dressed } from '../screens';
import { toSettings, toTop, type Telling } from './chapter';

/** The second device, verified. */
export async function amongDevices(telling: Telling): Promise<Person> {
  const { first, show, stage, user, words } = telling;
  const t = words.verification;
  const second = await dressed(new Person(await stage.openShell(), words), stage.looks);
  await second.signIn(stage.scene.signInData(user));
  await expect(second.heading(words.keys.restore.title)).toBeVisible();
  await showLostEverything(telling, second);

  const card = first.page.getByRole('region', { name: words.devices.newTitle });
  await expect(card).toBeVisible();
  await show('new-sign-in');
  await second.button(t.withDevice).click();
  await expect(first.button(t.accept)).toBeVisible();
  await show('verify-device-request');
  await first.button(t.accept).click();
  await expect(second.page.getByRole('img', { name: t.codeLabel })).toBeVisible();
  await show('verify-device-code', second);
  await second.button(t.useEmoji).click();
  for (const person of [first, second]) {
    await expect(person.page.getByText(t.compareDevice)).toBeVisible();
  }
  expect(await emoji(first)).toEqual(await emoji(second));
  await show('verify-device-emoji');
  for (const person of [first, second]) await person.button(t.match).click();
  for (const person of [first, second]) {
    await expect(person.heading(t.doneTitle)).toBeVisible();
  }
  await show('verify-device-done', second);
  for (const person of [first, second]) {
    await person.page
      .getByRole('dialog', { name: t.doneTitle })
      .getByRole('button', { name: t.close, exact: true })
      .click();
  }
  await expect(second.heading(words.keys.restore.doneTitle)).toBeVisible({ timeout: 60_000 });
  await show('unlocked-by-device', second);
  await second.button(words.keys.restore.finish).click();

  await toSettings(second, words.devices.title);
  await expect(second.page.getByText(words.devices.trust.verified, { exact: true })).toHaveCount(2);
  await show('devices', second);
  return second;
}

/** Without key, phrase or device: the first steps, taken back. */
async function showLostEverything({ show, words }: Telling, person: Person): Promise<void> {
  const { lostEverything, reset } = words.keys.lastResorts;
  await person.button(words.keys.restore.without).click();
  await person.button(lostEverything).click();
  await expect(person.heading(reset.beforeTitle)).toBeVisible();
  await show('lost-everything', person);
  await person.button(reset.enter).click();
  await expect(person.heading(words.keys.restore.title)).toBeVisible();
}

function emoji({ page }: Person): Promise<string[]> {
  return page.getByRole('dialog').getByRole('listitem').allInnerTexts();
}

/** The second device signs the first one out, which then comes back. */
export async function endedFromElsewhere(telling: Telling, second: Person): Promise<void> {
  const { first, show, story, user, words } = telling;
  const t = words.endedSession;
  await second.button(words.devices.signOutOthers).click();
  const dialog = second.page.getByRole('alertdialog', { name: words.devices.signOutDialog.title });
  await expect(dialog.getByText(words.devices.signOutDialog.fine)).toBeVisible();
  await show('sign-out-devices', second);
  await dialog
    .getByRole('button', { name: words.devices.signOutDialog.action(1), exact: true })
    .click();
  const password = second.page.getByLabel(words.keys.whoIsThere.passwordLabel, { exact: true });
  await expect(password).toBeVisible();
  await toTop(password);
  await show('who-is-there', second);
  await password.fill(user.password);
  await second.button(words.keys.whoIsThere.confirm).click();

  await expect(first.heading(t.removedTitle)).toBeVisible();
  await show('signed-out-elsewhere');
  await first.page.getByLabel(words.signIn.password, { exact: true }).fill(user.password);
  await first.button(words.signIn.submit).click();
  await expect(first.heading(words.keys.restore.title)).toBeVisible();
  await first.button(words.keys.restore.later).click();
  await first.button(words.keys.skipRestore.skip).click();
  await first.openRoom(story.names.seminar);
  await expect(first.message(story.names.task)).toBeVisible();
  await show('signed-in-again');
}
