/** Drives the app through its story and writes the pictures that the README and the docs show. */
import { execFile } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { de } from '../../renderer/i18n/de';
import { en } from '../../renderer/i18n/en';
import { tellWhatFollows } from '../e2e/story/later';
import { useScene } from '../e2e/story/scene';
import { tellStory, type Looks } from '../e2e/story/screens';
import { test } from '../e2e/support/fixture';

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

const scene = useScene();

for (const { name, ...looks } of tellings) {
  for (const [part, tell] of [
    ['the first day', tellStory],
    ['what follows', tellWhatFollows],
  ] as const) {
    test(`${part}, ${name}`, async ({ shell, openShell }) => {
      const folder = fileURLToPath(new URL(`../../docs/screenshots/${name}/`, import.meta.url));
      await mkdir(folder, { recursive: true });
      await tell({
        scene,
        looks,
        shell,
        openShell,
        onScreen: async (screen, { page }) => {
          await page.screenshot({
            path: `${folder}${screen}.png`,
            animations: 'disabled',
            caret: 'hide',
          });
        },
        onSheet: async (pdf) => {
          const picture = `${folder}recovery-sheet`;
          await promisify(execFile)('pdftoppm', ['-png', '-r', '80', '-singlefile', pdf, picture]);
        },
      });
    });
  }
}
