/** Starts a browser of our own, as the best user there is, in a folder that goes with it. */
import { chromium, type BrowserContext } from 'playwright';
import { createBrowserHome } from './browser-home';
import { browserEnvironment, browserUsers, type BrowserUser } from './browser-user';
import { findBrowser } from './find-browser';
import type { SwitchOptions } from './switches';

export interface RunningBrowser {
  readonly context: BrowserContext;
  /** Ends the browser where it still runs, and removes its folder. */
  end(): Promise<void>;
}

export interface LaunchOptions {
  readonly locale: string;
  readonly switches: (options: SwitchOptions) => string[];
  readonly headless: boolean;
  /** One line for the terminal. */
  readonly say: (line: string) => void;
}

const startTimeoutMs = 30_000;

/**
 * @throws {BrowserMissingError} where there is no Chromium
 * @throws Playwright's error where it does not start
 */
export async function launchBrowser(options: LaunchOptions): Promise<RunningBrowser> {
  const executable = await findBrowser();
  const users = await browserUsers();
  let failure: unknown;
  for (const user of users) {
    if (!user.sandbox) {
      options.say('Running as root: the window runs without the browser’s sandbox.');
    }
    try {
      return await launchAs(user, executable, options);
    } catch (error) {
      failure = error;
    }
  }
  throw failure;
}

async function launchAs(
  user: BrowserUser,
  browser: string,
  { locale, switches, headless }: LaunchOptions,
): Promise<RunningBrowser> {
  const home = await createBrowserHome(user.owner);
  const { executable, before } = user.command(browser);
  try {
    const context = await chromium.launchPersistentContext(home.userDataDir, {
      executablePath: executable,
      ignoreDefaultArgs: true,
      args: [
        ...before,
        ...switches({ userDataDir: home.userDataDir, sandbox: user.sandbox, locale }),
      ],
      env: await browserEnvironment(user, home),
      headless,
      chromiumSandbox: user.sandbox,
      acceptDownloads: false,
      serviceWorkers: 'block',
      viewport: null,
      colorScheme: null,
      reducedMotion: null,
      forcedColors: null,
      contrast: null,
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      timeout: startTimeoutMs,
    });
    return {
      context,
      async end() {
        await context.close().catch(() => {});
        await home.remove();
      },
    };
  } catch (error) {
    await home.remove();
    throw error;
  }
}
