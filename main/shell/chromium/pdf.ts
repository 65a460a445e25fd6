import { paperFormat } from '../paper';
import type { ShellHost } from '../shell';
import { launchBrowser, type LaunchOptions } from './launch';
import { serveContext } from './serve-context';
import { headlessSwitches } from './switches';

export interface PdfOptions extends Pick<LaunchOptions, 'locale' | 'say'> {
  readonly serve: ShellHost['serve'];
}

/**
 * Renders a page of the app scheme as PDF. In a second browser without a window: one with a window
 * would show the person a tab for it.
 *
 * @throws where the page can't be served or rendered
 */
export async function renderPdf(url: string, options: PdfOptions): Promise<Uint8Array> {
  const { locale, say, serve } = options;
  const running = await launchBrowser({ locale, say, headless: true, switches: headlessSwitches });
  try {
    await serveContext(running.context, serve);
    const page = running.context.pages()[0] ?? (await running.context.newPage());
    const response = await page.goto(url);
    if (!response?.ok()) throw new Error(`No page to print (status ${response?.status() ?? 0})`);
    return await page.pdf({
      format: paperFormat(locale),
      printBackground: true,
      preferCSSPageSize: true,
    });
  } finally {
    await running.end();
  }
}
