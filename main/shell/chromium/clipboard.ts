/**
 * The clipboard through the window's page. The page may touch it only while main does: outside
 * these calls it has no permission to.
 */
import type { Page } from 'playwright';
import { appOrigin } from './app-origin';

export async function readClipboard(page: Page): Promise<string> {
  return withPermission(page, () => page.evaluate(() => navigator.clipboard.readText()));
}

export async function writeClipboard(page: Page, text: string): Promise<void> {
  await withPermission(page, () =>
    page.evaluate((copied) => navigator.clipboard.writeText(copied), text),
  );
}

async function withPermission<Result>(page: Page, run: () => Promise<Result>): Promise<Result> {
  const context = page.context();
  const origin = { origin: appOrigin };
  await context.grantPermissions(['notifications', 'clipboard-read', 'clipboard-write'], origin);
  try {
    await page.bringToFront();
    return await run();
  } finally {
    await context.clearPermissions();
    await context.grantPermissions(['notifications'], origin);
  }
}
