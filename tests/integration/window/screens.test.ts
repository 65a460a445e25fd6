/** Nothing the window's policy forbids is tried, and axe finds nothing on any screen. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { beforeAll, describe, expect, test } from 'vitest';
import { useWindow } from './built-window';
import { accountMoments } from './moments/accounts';
import { deviceMoments } from './moments/devices';
import { keyMoments } from './moments/keys';
import { openRoom, timeline } from './moments/room-view';
import { roomMoments } from './moments/rooms';
import { startMoments } from './moments/start';

const { open, renew } = useWindow();
const moments = [
  ...startMoments,
  ...accountMoments,
  ...keyMoments,
  ...deviceMoments,
  ...roomMoments,
];

async function violations(page: Page): Promise<readonly string[]> {
  // The policy keeps axe from opening the blank page it uses otherwise.
  const axe = new AxeBuilder({ page }).setLegacyMode(true);
  // What passes need not be told in full.
  const { violations: found } = await axe.options({ resultTypes: ['violations'] }).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`));
}

const views = [
  { language: 'en', theme: 'light', width: 1440 },
  { language: 'de', theme: 'dark', width: 380 },
] as const;

describe.each(views)('$language, $theme, $width px', (view) => {
  beforeAll(renew);

  test.each(moments.map(([name, scene, act]) => ({ name, scene, act })))(
    '$name',
    async ({ scene, act }) => {
      const { page, complaints } = await open({ scene, ...view });
      await act?.(page);
      expect(await violations(page)).toEqual([]);
      expect(complaints).toEqual([]);
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, 'nothing is wider than the window').toBe(0);
    },
  );
});

describe('a long conversation', () => {
  beforeAll(renew);

  const view = { scene: 'long', language: 'en', theme: 'light', width: 1440 } as const;
  const toEnd = (page: Page): Promise<number> =>
    page
      .locator(timeline)
      .evaluate((it) => Math.round(it.scrollHeight - it.scrollTop - it.clientHeight));

  test('opens at its newest message', async () => {
    const { page } = await open(view);
    await openRoom(page);
    await page.getByText('waterproof paper').waitFor();
    await expect.poll(() => toEnd(page)).toBe(0);
  });

  test('keeps its place while older messages come in above', async () => {
    const { page } = await open(view);
    await openRoom(page);
    const messages = page.locator(timeline);
    const height = (): Promise<number> => messages.evaluate((it) => it.scrollHeight);
    await expect.poll(() => toEnd(page)).toBe(0);
    const fetched = await height();
    const watched = page.getByText('Tide tables are at');
    await messages.hover();
    await page.mouse.wheel(0, -100_000);
    await watched.waitFor();
    const before = await watched.boundingBox();
    await expect.poll(height).toBeGreaterThan(fetched + 1_000);
    await expect
      .poll(async () => Math.abs(((await watched.boundingBox())?.y ?? NaN) - (before?.y ?? NaN)))
      .toBeLessThan(2);
  });

  test('shows what is sent, at the end', async () => {
    const { page } = await open(view);
    await openRoom(page);
    await page.getByRole('textbox', { name: /Message to/u }).fill('On my way');
    await page.keyboard.press('Enter');
    await page.locator('[data-item]').getByText('On my way').waitFor();
    await expect.poll(() => toEnd(page)).toBe(0);
  });
});

test('everything in the room list is reached by keyboard, however far down', async () => {
  const { page } = await open({ scene: 'rooms', language: 'en', theme: 'light', width: 1440 });
  const focused = (): Promise<string> =>
    page.evaluate(() => document.activeElement?.textContent ?? '');
  await page.keyboard.press('Control+k');
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toContain('Summer school');
  await page.keyboard.press('End');
  await expect.poll(focused).toContain('Seminar 30');
  await page.keyboard.press('ArrowUp');
  await expect.poll(focused).toContain('Seminar 29');
  await page.keyboard.press('Home');
  await expect.poll(focused).toContain('Summer school');
  await page.keyboard.press('ArrowDown');
  await expect.poll(focused).toContain('Benthic');
  await page.keyboard.press('Enter');
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.getAttribute('aria-label')))
    .toBe('Message to Benthic ecology group');
});
