/** The adapter on Electron. */
import { app, clipboard, dialog, nativeTheme, Notification, shell as desktop } from 'electron';
import { AlreadyOpenError } from '../already-open';
import type { OpenShell, Shell } from '../shell';
import { appOrigin } from './app-origin';
import { AppWindow } from './app-window';
import { askOpenPath, askSavePath } from './file-dialogs';
import { lockDownWebContents } from './lockdown';
import { setApplicationMenu } from './menu';
import { showNotification } from './notifications';
import { printPage, renderPdf } from './paper-output';
import { shellFolder } from './prepare';
import { openEgress, openPageSession } from './sessions';
import { WindowLink } from './window-link';

export interface ElectronParts {
  /** Absolute path of the built preload script. */
  readonly preload: string;
}

/** `prepareElectron` has been called, before Electron was ready. */
export function createOpenShell({ preload }: ElectronParts): OpenShell {
  return async (host, { profileDir }) => {
    const args = process.argv.slice(1);
    if (!app.requestSingleInstanceLock({ args })) throw new AlreadyOpenError();
    lockDownWebContents();
    await app.whenReady();

    const pages = openPageSession((request) => host.serve(request));
    const locale = app.getPreferredSystemLanguages()[0] ?? app.getLocale();
    const window = new AppWindow({
      link: new WindowLink(host),
      pages,
      preload,
      stateFolder: shellFolder(profileDir),
      mayClose: () => leaving || askToLeave(),
      onHopeless() {
        dialog.showErrorBox('Holdfast', 'The window crashed again and again; Holdfast ends.');
        void quit();
      },
    });
    setApplicationMenu();

    let leaving = false;
    function quit(): Promise<void> {
      leaving = true;
      window.rememberBounds();
      app.exit(0);
      return Promise.resolve();
    }
    /** Always false: the answer comes later, and then ends the app by itself. */
    function askToLeave(): false {
      // An app that can't say whether it may leave is not kept alive for that.
      const mayQuit = host.mayQuit().catch(() => true);
      void mayQuit.then((may) => (may ? quit() : window.show()));
      return false;
    }
    app.on('before-quit', (event) => {
      if (leaving) return;
      event.preventDefault();
      askToLeave();
    });
    app.on('second-instance', (_event, _argv, _folder, data) => {
      host.secondStart(secondArgs(data));
      void window.show();
    });
    app.on('child-process-gone', (_event, { type }) => {
      // Chromium starts it again by itself; what was on screen has to be drawn again.
      if (type === 'GPU') window.current?.webContents.invalidate();
    });
    app.on('activate', () => void window.show());

    const shell: Shell = {
      capabilities: {
        canPrint: true,
        // Wayland and X11 know no such thing.
        canProtectContent: process.platform !== 'linux',
        canNotify: Notification.isSupported(),
        hasTray: false,
      },
      appOrigin,
      systemLocale: locale,
      fetch: openEgress(),
      showMainWindow: () => window.show(),
      renewMainWindow: () => window.renew(),
      protectContent: (on) => window.protectContent(on),
      setTheme(theme) {
        nativeTheme.themeSource = theme ?? 'system';
      },
      askSavePath: (question) => askSavePath(window.current, question),
      askOpenPath: (question) => askOpenPath(window.current, question),
      print: (url) => printPage(url, pages, locale),
      renderPdf: (url) => renderPdf(url, pages, locale),
      readClipboard: () => clipboard.readText(),
      writeClipboard: (text) => clipboard.writeText(text),
      openExternal: (url) => desktop.openExternal(url),
      notify: (notification) => showNotification(notification, () => void window.show()),
      quit,
    };
    return shell;
  };
}

/** What the second process sent along; Electron's own argument list is rewritten by Chromium. */
function secondArgs(data: unknown): readonly string[] {
  const args: unknown =
    typeof data === 'object' && data !== null && 'args' in data ? data.args : null;
  return Array.isArray(args) ? args.filter((arg) => typeof arg === 'string') : [];
}
