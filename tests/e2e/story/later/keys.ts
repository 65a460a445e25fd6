/** A new recovery key, the check that it is still there, and what is left when all is lost. */
import { expect } from '@playwright/test';
import { toSettings, unfold, type Telling } from './chapter';

/** The new key, in use. */
export async function newRecoveryKey(telling: Telling): Promise<string> {
  const { first, show, stage, words } = telling;
  await openAction(telling, 'new_key', 'key-changes');
  await expect(first.heading(words.keys.change.newKey.title)).toBeVisible();
  await first.page.getByRole('checkbox', { name: words.keys.change.newKey.wrongHands }).check();
  await show('new-recovery-key');
  await first.button(words.common.continue).click();
  const key = await first.shownKey();
  await first.saveKey(stage.scene.folder);
  await first.toProof();
  await first.proveByGroups(key);
  await expect(first.heading(words.keys.change.done.new_key.title)).toBeVisible({
    timeout: 60_000,
  });
  await show('new-recovery-key-done');
  await first.button(words.keys.done.finish).click();
  return key;
}

export async function recoveryDrill(
  { first, show, words }: Telling,
  recoveryKey: string,
): Promise<void> {
  const t = words.keys.drill;
  await toSettings(first, t.settingsTitle);
  await first.button(t.check).click();
  await expect(first.heading(t.title)).toBeVisible();
  await show('check-key');
  await first.button(t.lost).click();
  await expect(first.heading(t.lostTitle)).toBeVisible();
  await show('check-key-lost');
  await first.button(t.back).click();
  await first.page
    .getByLabel(words.keys.restore.entryKeyOnly, { exact: true })
    .or(first.page.getByLabel(words.keys.restore.entry, { exact: true }))
    .fill(recoveryKey);
  await first.button(t.submit).click();
  await expect(first.heading(t.doneTitle)).toBeVisible();
  await show('check-key-done');
  await first.button(t.finish).click();
}

/** Looked at, and left alone. */
export async function lastResorts(telling: Telling): Promise<void> {
  const { first, show, words } = telling;
  const { off, reset } = words.keys.lastResorts;
  await openAction(telling, 'switch_off');
  await expect(first.heading(off.title)).toBeVisible();
  await show('switch-off');
  await first.button(off.keep).click();

  await openAction(telling, 'reset_everything');
  await expect(first.heading(reset.title)).toBeVisible();
  await first.button(reset.goOn).click();
  await expect(first.page.getByText(reset.missing)).toBeVisible();
  await show('set-up-anew');
  await first.page.getByRole('checkbox', { name: reset.understood }).check();
  await first.button(reset.goOn).click();
  await expect(first.heading(reset.chooseTitle)).toBeVisible();
  await show('set-up-anew-key');
  await first.button(words.common.cancel).click();
}

type Action = keyof Telling['words']['keys']['change']['actions'];

async function openAction(
  { first, show, words }: Telling,
  action: Action,
  screen?: string,
): Promise<void> {
  const part = await unfold(first, words.keys.change.more);
  if (screen !== undefined) await show(screen);
  await part
    .getByRole('button', { name: words.keys.change.actions[action].button, exact: true })
    .click();
}
