/** Key health: one light, the facts it rests on, the copies on this computer, and the report. */
import { expect } from '@playwright/test';
import { close, toSettings, toTop, unfold, type Telling } from './chapter';

export async function keyHealth({ first, show, words }: Telling): Promise<void> {
  await toSettings(first, words.keys.health.title);
  await expect(
    first.page.getByRole('dialog').getByText(words.keys.health.states.ready.title),
  ).toBeVisible({
    timeout: 60_000,
  });
  await show('key-health');

  const copies = await unfold(first, words.keys.change.snapshots.title);
  await first.button(words.keys.change.snapshots.make).click();
  const readBack = copies.getByRole('button', { name: words.keys.change.snapshots.readBack });
  await expect(readBack.first()).toBeVisible();
  await readBack.first().click();
  await expect(copies.getByRole('status')).not.toBeEmpty();
  await toTop(copies);
  await show('copies-on-this-computer');

  const report = await unfold(first, words.keys.report.title);
  await expect(report.getByRole('region', { name: words.keys.report.title })).toBeVisible();
  await toTop(report);
  await show('help-desk-report');
  await close(first);
}
