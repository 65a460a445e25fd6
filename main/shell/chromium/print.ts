import type { AppWindow } from './app-window';

/**
 * Opens a page of the app scheme in a window of its own and the print dialog over it; the window
 * goes when the dialog does. Resolves as soon as the dialog is asked for; a page is not told whether
 * anything was printed.
 */
export async function printPage(window: AppWindow, url: string): Promise<true> {
  const popup = await window.openPopup(url);
  // `print()` returns when the dialog is closed; a person may have closed the window before.
  void popup
    .evaluate(() => print())
    .then(() => popup.close())
    .catch(() => {});
  return true;
}
