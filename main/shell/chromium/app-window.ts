/**
 * The app's one window: opens it, and opens it again where it crashed or where the person closed
 * it but the app must still ask something.
 */
import { readFile } from 'node:fs/promises';
import type { Dialog, Page } from 'playwright';
import { CrashBudget } from '../crash-budget';
import type { ShellHost } from '../shell';
import { appOrigin, bindingName } from './app-origin';
import { launchBrowser, type RunningBrowser } from './launch';
import { serveContext } from './serve-context';
import { windowSwitches } from './switches';
import { WindowLink } from './window-link';

export interface AppWindowParts {
  readonly host: ShellHost;
  /** The built page-transport. */
  readonly transportScript: URL;
  readonly locale: string;
  /** More switches for the browser; none in the app itself. */
  readonly browserSwitches: readonly string[];
  readonly say: (line: string) => void;
  /** The window is closed for good: the app ends. */
  readonly onEnd: () => void;
}

type Theme = 'light' | 'dark' | null;

export class AppWindow {
  readonly #parts: AppWindowParts;
  readonly #link: WindowLink;
  readonly #crashes = new CrashBudget();
  #running: RunningBrowser | null = null;
  #opening: Promise<Page> | null = null;
  #page: Page | null = null;
  #theme: Theme = null;
  #ending = false;
  /** The page may go without asking: another takes its place. */
  #renewing = false;
  /** Popups and prompts of our own, which are let through. */
  #expectedPopups = 0;
  #expectedPrompts = 0;

  constructor(parts: AppWindowParts) {
    this.#parts = parts;
    this.#link = new WindowLink(parts.host);
  }

  /** The open window's page; opens the window where there is none. */
  page(): Promise<Page> {
    if (this.#opening) return this.#opening;
    if (this.#page) return Promise.resolve(this.#page);
    if (this.#ending) return Promise.reject(new Error('The window is closed.'));
    this.#opening = this.#open().finally(() => (this.#opening = null));
    return this.#opening;
  }

  async show(): Promise<void> {
    const page = await this.page();
    await unlessClosed(page, () => page.bringToFront());
  }

  /** Loads the page anew; where there is none yet, the one to come is new. */
  async renew(): Promise<void> {
    const page = this.#page;
    if (page === null) return;
    this.#renewing = true;
    try {
      await unlessClosed(page, async () => {
        await page.reload();
      });
    } finally {
      this.#renewing = false;
    }
  }

  async setTheme(theme: Theme): Promise<void> {
    this.#theme = theme;
    await this.#page?.emulateMedia({ colorScheme: theme });
  }

  /**
   * Opens a page of the app scheme in a window of its own. Without an opener it runs in a process
   * of its own, so that a print dialog over it does not hold the app's page still.
   */
  async openPopup(url: string): Promise<Page> {
    const page = await this.page();
    this.#expectedPopups += 1;
    try {
      const [popup] = await Promise.all([
        page.context().waitForEvent('page'),
        page.evaluate(() => void window.open('', '', 'popup,noopener,width=860,height=1000')),
      ]);
      await popup.goto(url);
      return popup;
    } finally {
      this.#expectedPopups -= 1;
    }
  }

  /** The browser's own one-line prompt; null where the person cancelled. */
  async prompt(text: string, suggestion: string): Promise<string | null> {
    const page = await this.page();
    this.#expectedPrompts += 1;
    try {
      return await page.evaluate(([question, answer]) => prompt(question, answer), [
        text,
        suggestion,
      ] as const);
    } finally {
      this.#expectedPrompts -= 1;
    }
  }

  async end(): Promise<void> {
    this.#ending = true;
    await this.#opening?.catch(() => {});
    await this.#close();
  }

  async #open(): Promise<Page> {
    const { host, transportScript, locale, browserSwitches, say } = this.#parts;
    const script = await readFile(transportScript, 'utf8');
    const running = await launchBrowser({
      locale,
      say,
      headless: false,
      switches: (options) => [...browserSwitches, ...windowSwitches(options)],
    });
    this.#running = running;
    const { context } = running;
    const [page] = context.pages();
    if (!page) throw new Error('The browser opened no window.');

    await serveContext(context, (request) => host.serve(request));
    await context.exposeBinding(bindingName, (source, message: unknown) =>
      this.#link.receive(this.#page, source, message),
    );
    await context.addInitScript({ content: `(() => {${script}\n})();` });
    await context.grantPermissions(['notifications'], { origin: appOrigin });
    context.on('page', (opened) => this.#refuseStranger(page, opened));
    context.on('dialog', (dialog) => void this.#answerDialog(dialog));
    page.on('crash', () => void this.#pageCrashed());
    page.once('close', () => void this.#pageClosed(page));

    this.#page = page;
    await unlessClosed(page, async () => {
      await page.emulateMedia({ colorScheme: this.#theme });
      await page.goto(`${appOrigin}/`);
      await forgetBlankPage(page);
    });
    return page;
  }

  async #close(): Promise<void> {
    const running = this.#running;
    this.#running = null;
    this.#page = null;
    this.#link.gone();
    await running?.end();
  }

  #refuseStranger(own: Page, opened: Page): void {
    if (opened !== own && this.#expectedPopups === 0) void opened.close().catch(() => {});
  }

  /**
   * A page that was used asks before it closes (beforeunload): the window then stays, with all
   * that is in it, until the host says it may go. A page never clicked into just closes.
   */
  async #answerDialog(dialog: Dialog): Promise<void> {
    if (dialog.type() === 'prompt' && this.#expectedPrompts > 0) return;
    if (dialog.type() === 'beforeunload' && this.#renewing) {
      await dialog.accept().catch(() => {});
      return;
    }
    // First of all: while a dialog is open the page answers nothing.
    await dialog.dismiss().catch(() => {});
    const closing = dialog.type() === 'beforeunload' && dialog.page() === this.#page;
    if (closing && !this.#ending) await this.#leave();
  }

  /** True where the app ends. An app that can't say whether it may is not kept alive for that. */
  async #leave(): Promise<boolean> {
    const may = await this.#parts.host.mayQuit().catch(() => true);
    if (may) this.#parts.onEnd();
    return may;
  }

  async #pageClosed(page: Page): Promise<void> {
    await this.#opening?.catch(() => {});
    if (this.#ending || page !== this.#page) return;
    await this.#close();
    if (!(await this.#leave())) await this.#reopen();
  }

  async #pageCrashed(): Promise<void> {
    await this.#opening?.catch(() => {});
    if (this.#ending) return;
    await this.#close();
    if (this.#crashes.spend()) {
      await this.#reopen();
    } else {
      this.#parts.say('The window crashed again and again; Holdfast ends.');
      this.#parts.onEnd();
    }
  }

  async #reopen(): Promise<void> {
    if (this.#ending) return;
    try {
      await this.page();
    } catch (error) {
      this.#parts.say(`The window can’t be opened again: ${String(error)}`);
      this.#parts.onEnd();
    }
  }
}

/** A window that the person closes while something is done to it is no failure of that. */
async function unlessClosed(page: Page, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (!page.isClosed()) throw error;
  }
}

/** Without it, "back" would lead to the blank page the window opened with. */
async function forgetBlankPage(page: Page): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Page.resetNavigationHistory');
  await session.detach();
}
