/** Message keys into a file, and back in. */
import { join } from 'node:path';
import { expect } from '@playwright/test';
import { close, toSettings, type Telling } from './chapter';

const passphrase = 'sieve tower, seven quiet anvils';

export async function keyFiles({ first, name, show, stage, words }: Telling): Promise<void> {
  const { export: out, import: into, keyFiles: t } = words.keys;
  const file = join(stage.scene.folder, `${name} keys.txt`);
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
