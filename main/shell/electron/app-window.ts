/** The app's one window: opened, brought forward, and opened again where its page crashed. */
import { BrowserWindow, type Session } from 'electron';
import { CrashBudget } from '../crash-budget';
import { mainWindow, webPreferences } from '../window-settings';
import { appOrigin } from './app-origin';
import type { WindowLink } from './window-link';
import { readWindowState, writeWindowState } from './window-state';

export interface AppWindowParts {
  readonly link: WindowLink;
  readonly pages: Session;
  /** Absolute path of the built preload script. */
  readonly preload: string;
  /** Folder for what the window remembers. */
  readonly stateFolder: string;
  /** Whether the window may close now; called for every attempt of the person. */
  readonly mayClose: () => boolean;
  /** The page can't be shown any more. */
  readonly onHopeless: () => void;
}

export class AppWindow {
  readonly #parts: AppWindowParts;
  readonly #crashes = new CrashBudget();
  #window: BrowserWindow | null = null;
  #protected = false;

  constructor(parts: AppWindowParts) {
    this.#parts = parts;
  }

  /** The open window; null where there is none. */
  get current(): BrowserWindow | null {
    return this.#window;
  }

  async show(): Promise<void> {
    const open = this.#window;
    if (!open) return this.#open();
    if (open.isMinimized()) open.restore();
    open.show();
    open.focus();
  }

  /** Loads the page anew; where there is none yet, the one to come is new. */
  async renew(): Promise<void> {
    await this.#window?.loadURL(`${appOrigin}/`);
  }

  protectContent(on: boolean): void {
    this.#protected = on;
    this.#window?.setContentProtection(on);
  }

  /** Writes down where the window is, for the next start. */
  rememberBounds(): void {
    if (this.#window) writeWindowState(this.#parts.stateFolder, this.#window);
  }

  async #open(): Promise<void> {
    const { link, pages, preload, stateFolder } = this.#parts;
    const state = readWindowState(stateFolder);
    const window = new BrowserWindow({
      ...mainWindow,
      ...(state && { x: state.x, y: state.y, width: state.width, height: state.height }),
      webPreferences: { ...webPreferences, session: pages, preload },
    });
    this.#window = window;
    if (state?.maximized) window.maximize();
    window.setContentProtection(this.#protected);
    link.attach(window.webContents);
    window.once('ready-to-show', () => window.show());
    window.on('close', (event) => {
      this.rememberBounds();
      if (!this.#parts.mayClose()) event.preventDefault();
    });
    window.once('closed', () => (this.#window = null));
    window.webContents.on('render-process-gone', (_event, { reason }) => {
      if (reason !== 'clean-exit') this.#crashed(window);
    });
    await window.loadURL(`${appOrigin}/`);
  }

  #crashed(window: BrowserWindow): void {
    this.#parts.link.crashed();
    if (!this.#crashes.spend()) {
      this.#parts.onHopeless();
      return;
    }
    // A failed load shows in the window itself; the next crash is counted like this one.
    window.loadURL(`${appOrigin}/`).catch(() => {});
  }
}
