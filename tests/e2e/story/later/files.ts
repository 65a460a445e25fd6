/** Message keys into a file, and back in. */
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { dialogWords } from '../../../../main/files/dialog-words';
import { safeFileName } from '../../../../main/files/safe-file-name';
import { close, toSettings, type Telling } from './chapter';

export async function keyFiles({ cast, first, show, stage, user, words }: Telling): Promise<void> {
  const { export: out, import: into, keyFiles: t } = words.keys;
  const { exportPassphrase: passphrase } = cast;
  const { exportStem } = dialogWords(stage.looks.language);
  const file = join(stage.scene.folder, safeFileName(`${exportStem} ${user.userId}`, 'txt'));
  await toSettings(first, t.title);
  await first.button(t.export).click();
  await first.page.getByLabel(out.passphrase, { exact: true }).fill(passphrase);
  await first.page.getByLabel(out.repeated, { exact: true }).fill(passphrase);
  await show('export-keys');
  await first.shell.dialogs.answerSave(file);
  await first.button(out.submit).click();
  await expect(first.heading(out.title)).toBeHidden();

  await first.button(t.import).click();
  await first.shell.dialogs.answerOpen(file);
  await first.button(into.choose).click();
  const entry = first.page.getByLabel(into.passphrase, { exact: true });
  await entry.fill('something else');
  await first.button(into.submit).click();
  await expect(entry).toHaveAttribute('aria-invalid', 'true');
  await show('import-keys');
  await entry.fill(passphrase);
  await first.button(into.submit).click();
  await expect(first.heading(into.noneTitle)).toBeVisible();
  await show('import-keys-done');
  await first.page
    .getByRole('dialog', { name: into.noneTitle })
    .getByRole('button', { name: words.common.close, exact: true })
    .last()
    .click();
  await close(first);
}
