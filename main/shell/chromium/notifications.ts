import type { Page } from 'playwright';
import type { DesktopNotification } from '../shell';

/** Shows a notification through the page; resolves when it was clicked or closed. */
export async function showNotification(page: Page, asked: DesktopNotification): Promise<void> {
  const clicked = await page.evaluate(
    ([shownTitle, shownBody]) =>
      new Promise<boolean>((resolve) => {
        const shown = new Notification(shownTitle, { body: shownBody });
        shown.onclick = () => {
          shown.close();
          resolve(true);
        };
        shown.onclose = () => resolve(false);
        shown.onerror = () => resolve(false);
      }),
    [asked.title, asked.body] as const,
  );
  if (!clicked) return;
  await page.bringToFront();
  asked.onClick();
}
