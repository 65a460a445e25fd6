/** Every screen of the story, in both languages and themes, wide and narrow: no barriers. */
import AxeBuilder from '@axe-core/playwright';
import { de } from '../../../renderer/i18n/de';
import { en } from '../../../renderer/i18n/en';
import { tellWhatFollows } from '../story/later';
import { useScene } from '../story/scene';
import { tellStory, type Looks, type OnScreen } from '../story/screens';
import { expect, test } from '../support/fixture';

const tellings: readonly Looks[] = [
  { language: 'en', words: en, theme: 'dark', size: { width: 1440, height: 900 } },
  { language: 'de', words: de, theme: 'light', size: { width: 380, height: 740 } },
];

const freeOfBarriers: OnScreen = async (screen, { page }) => {
  // The app's window has no second page for axe to run in.
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).analyze();
  expect
    .soft(
      violations.map(({ id, nodes }) => [id, ...nodes.map(({ html }) => html.slice(0, 160))]),
      screen,
    )
    .toEqual([]);
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect.soft(overflow, `${screen} is as wide as the window`).toBeLessThanOrEqual(0);
};

for (const looks of tellings) {
  const title = `${looks.language}, ${looks.theme}, ${String(looks.size.width)} px`;
  for (const { part, tell } of [
    { part: 'the first day', tell: tellStory },
    { part: 'what follows', tell: tellWhatFollows },
  ]) {
    // Each with a server of its own: the same people are in all of them.
    test.describe(`${part}, ${title}`, () => {
      const scene = useScene();

      test('every screen is free of barriers', async ({ shell, openShell }) => {
        test.setTimeout(300_000);
        await tell({ scene, looks, shell, openShell, onScreen: freeOfBarriers });
      });
    });
  }
}
