/** The adapter on an installed Chromium: the same app where Electron can't be had. */
import type { OpenShell, Shell } from '../shell';
import { appOrigin } from './app-origin';
import { AppWindow } from './app-window';
import { readClipboard, writeClipboard } from './clipboard';
import { desktopFileDialogs, type FileDialogs, type Prompt } from './file-dialogs';
import { lockInstance } from './instance-lock';
import { systemLocale } from './locale';
import { showNotification } from './notifications';
import { openExternal } from './open-external';
import { renderPdf } from './pdf';
import { printPage } from './print';

export interface ChromiumParts {
  /** The built page-transport, which runs in the window's page. */
  readonly transportScript: URL;
  readonly fileDialogs: (prompt: Prompt) => FileDialogs;
  /** More switches for the browser of the window. */
  readonly browserSwitches: readonly string[];
  /** One line for the terminal. */
  readonly say: (line: string) => void;
  /** Everything of the shell is closed. */
  readonly exit: () => void;
}

/** What the app itself runs with. */
export const defaultParts: Omit<ChromiumParts, 'transportScript'> = {
  fileDialogs: desktopFileDialogs,
  browserSwitches: [],
  say: (line) => process.stderr.write(`${line}\n`),
  exit: () => process.exit(0),
};

export function createOpenShell(parts: ChromiumParts): OpenShell {
  return async (host, { profileDir }) => {
    const locale = systemLocale();
    const lock = await lockInstance(profileDir, process.argv.slice(2), (args) => {
      host.secondStart(args);
      void window.show().catch((error: unknown) => parts.say(String(error)));
    });
    const { say } = parts;
    const window = new AppWindow({ ...parts, host, locale, onEnd: () => void quit() });
    const dialogs = parts.fileDialogs((text, suggestion) => window.prompt(text, suggestion));

    let quitting: Promise<void> | null = null;
    function quit(): Promise<void> {
      quitting ??= (async () => {
        await window.end();
        await lock.release();
        parts.exit();
      })();
      return quitting;
    }
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      process.once(signal, () => void host.mustQuit().finally(quit));
    }

    const shell: Shell = {
      capabilities: {
        canPrint: true,
        canProtectContent: false,
        canNotify: true,
        hasTray: false,
      },
      appOrigin,
      systemLocale: locale,
      fetch: globalThis.fetch,
      showMainWindow: () => window.show(),
      renewMainWindow: () => window.renew(),
      // A browser can't keep its window out of screenshots: `canProtectContent` says so.
      protectContent: () => undefined,
      setTheme: (theme) =>
        void window.setTheme(theme).catch((error: unknown) => say(String(error))),
      askSavePath: (question) => dialogs.save(question),
      askOpenPath: (question) => dialogs.open(question),
      print: (url) => printPage(window, url),
      renderPdf: (url) => renderPdf(url, { locale, say, serve: (request) => host.serve(request) }),
      readClipboard: async () => readClipboard(await window.page()),
      writeClipboard: async (text) => writeClipboard(await window.page(), text),
      openExternal,
      notify: (notification) =>
        void window
          .page()
          .then((page) => showNotification(page, notification))
          .catch(() => {}),
      quit,
    };
    return shell;
  };
}
