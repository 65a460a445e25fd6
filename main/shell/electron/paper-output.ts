/** Prints a page of the app scheme, or renders it as PDF, in a window nobody sees. */
import { BrowserWindow, type Session } from 'electron';
import { paperFormat } from '../paper';
import { printWebPreferences } from '../window-settings';

/** Electron's words for "the person closed the print dialog". */
const cancelled = 'Print job canceled';

/**
 * Opens the desktop's print dialog; false when the person cancelled it.
 *
 * @throws where the page can't be served or no printing is possible
 */
export function printPage(url: string, pages: Session, locale: string): Promise<boolean> {
  return withHiddenWindow(
    url,
    pages,
    (window) =>
      new Promise((resolve, reject) => {
        const options = { printBackground: true, pageSize: paperFormat(locale) };
        window.webContents.print(options, (success, failureReason) => {
          if (success || failureReason === cancelled) resolve(success);
          else reject(new Error(`Printing failed: ${failureReason}`));
        });
      }),
  );
}

/** @throws where the page can't be served or rendered */
export function renderPdf(url: string, pages: Session, locale: string): Promise<Uint8Array> {
  return withHiddenWindow(url, pages, (window) =>
    window.webContents.printToPDF({
      pageSize: paperFormat(locale),
      printBackground: true,
      preferCSSPageSize: true,
    }),
  );
}

async function withHiddenWindow<Result>(
  url: string,
  pages: Session,
  use: (window: BrowserWindow) => Promise<Result>,
): Promise<Result> {
  const window = new BrowserWindow({
    show: false,
    webPreferences: { ...printWebPreferences, session: pages },
  });
  try {
    let status = 0;
    window.webContents.once('did-navigate', (_event, _url, code) => (status = code));
    await window.loadURL(url);
    if (status !== 200) throw new Error(`No page to print (status ${status})`);
    return await use(window);
  } finally {
    window.destroy();
  }
}
