/** Drives the app through its story and writes the pictures that the README and the docs show. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { Page } from '@playwright/test';
import { de } from '../../renderer/i18n/de';
import { en } from '../../renderer/i18n/en';
import { tellWhatFollows } from '../e2e/story/later';
import { useScene } from '../e2e/story/scene';
import { tellStory, type Looks } from '../e2e/story/screens';
import { test } from '../e2e/support/fixture';

/** Elsewhere, to look at them before they replace the ones that are shown. */
const pictures =
  process.env['HOLDFAST_TOUR_FOLDER'] ??
  fileURLToPath(new URL('../../docs/screenshots', import.meta.url));

/** The screen as somebody sees it who only looks: nothing pointed at, nothing focused. */
async function picture(page: Page, path: string): Promise<void> {
  await page.mouse.move(0, 0);
  const focused = await page.evaluateHandle(() => document.activeElement);
  await page.evaluate((element) => {
    if (element instanceof HTMLElement) element.blur();
  }, focused);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  await page.evaluate((element) => {
    if (element instanceof HTMLElement) element.focus({ preventScroll: true });
  }, focused);
}

const desktop = { width: 1280, height: 832 };
const tellings: readonly (Looks & { readonly name: string })[] = [
  { name: 'en-light', language: 'en', words: en, theme: 'light', size: desktop },
  { name: 'de-dark', language: 'de', words: de, theme: 'dark', size: desktop },
  {
    name: 'de-light-narrow',
    language: 'de',
    words: de,
    theme: 'light',
    size: { width: 380, height: 780 },
  },
];

for (const { name, ...looks } of tellings) {
  for (const [part, tell] of [
    ['the first day', tellStory],
    ['what follows', tellWhatFollows],
  ] as const) {
    // Each with a server of its own: the same people are in all of them.
    test.describe(`${part}, ${name}`, () => {
      const scene = useScene({ serverName: 'uni-kueste.example' });

      test('is pictured', async ({ shell, openShell }) => {
        const folder = join(pictures, name);
        await mkdir(folder, { recursive: true });
        await tell({
          scene,
          looks,
          shell,
          openShell,
          onScreen: (screen, { page }) => picture(page, join(folder, `${screen}.png`)),
          onSheet: async (pdf) => {
            const sheet = join(folder, 'recovery-sheet');
            await promisify(execFile)('pdftoppm', ['-png', '-r', '80', '-singlefile', pdf, sheet]);
          },
        });
      });
    });
  }
}
