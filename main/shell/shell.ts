/**
 * The port: what a desktop gives the app, and what the app gives a desktop. Electron and Chromium
 * are its two adapters; nothing outside this folder knows which one is there.
 */
import type { Reply } from '../../preload/api';
import type { Push } from '../../preload/transport';
import type { ShellCapabilities } from '../../preload/model/app';

/** What the app gives its shell. */
export interface ShellHost {
  /** Answers a call of a window; never rejects, checks the sender first. */
  invoke(sender: Sender, name: unknown, args: unknown): Promise<Reply>;
  /** A window (or its page) is gone: its subscriptions end. */
  windowGone(windowId: string): void;
  /** Serves the app scheme: files of the build and what main lends out by opaque id. */
  serve(request: AppRequest): Promise<AppResponse>;
  /**
   * The person closes the last window or quits. True: go; false: stay (the app then asks in its
   * window). Called again after every attempt.
   */
  mayQuit(): Promise<boolean>;
  /** The desktop ends the app and nobody is asked; resolves when everything is written. */
  mustQuit(): Promise<void>;
  /** The app was started a second time for this profile; the arguments of that start. */
  secondStart(args: readonly string[]): void;
}

/** Who calls: taken from the shell, never from the page. */
export interface Sender {
  readonly windowId: string;
  /** The calling frame's origin; null where it can't be told. */
  readonly origin: string | null;
  readonly isMainFrame: boolean;
  push(push: Push): void;
}

/** A request under the app scheme. */
export interface AppRequest {
  readonly method: string;
  /** The whole URL as the page asked for it. */
  readonly url: string;
}

export interface AppResponse {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

export interface Shell {
  readonly capabilities: ShellCapabilities;
  /** The origin under which the app's own pages live, such as `holdfast://app`. */
  readonly appOrigin: string;
  /** BCP 47 tag of the desktop's language. */
  readonly systemLocale: string;
  /**
   * The single way out to the network, with the desktop's proxy and certificates. Redirects are
   * answered as they are, never followed.
   */
  readonly fetch: typeof globalThis.fetch;

  /** Opens the main window, or brings it forward where it is open. */
  showMainWindow(): Promise<void>;
  /** Loads the main window's page anew, so that nothing of what it showed is left in its memory. */
  renewMainWindow(): Promise<void>;
  /** Keeps the main window out of screenshots and recordings, where the platform can. */
  protectContent(on: boolean): void;
  setTheme(theme: 'light' | 'dark' | null): void;

  /** Asks where to save; null where the person cancelled. The path is theirs, not yet created. */
  askSavePath(question: SaveQuestion): Promise<string | null>;
  /** Asks for a file to read; null where the person cancelled. */
  askOpenPath(question: OpenQuestion): Promise<string | null>;

  /**
   * Opens the desktop's print dialog for a page of the app scheme. False where the person cancelled
   * it; true where it printed, or where the desktop does not tell.
   */
  print(url: string): Promise<boolean>;
  /** Renders a page of the app scheme as PDF, paper size by locale. */
  renderPdf(url: string): Promise<Uint8Array>;

  readClipboard(): Promise<string>;
  writeClipboard(text: string): Promise<void>;
  /** Hands a URL to the desktop. The caller has passed it through the links gate. */
  openExternal(url: string): Promise<void>;
  notify(notification: DesktopNotification): void;

  /** Ends everything, without asking `mayQuit`. */
  quit(): Promise<void>;
}

export interface FileKind {
  readonly label: string;
  /** Without the dot. */
  readonly extensions: readonly string[];
}

export interface SaveQuestion {
  readonly title: string;
  /** Folder to start in; adapters fall back to the home folder. */
  readonly folder: string;
  readonly fileName: string;
  readonly kinds: readonly FileKind[];
}

export interface OpenQuestion {
  readonly title: string;
  readonly kinds: readonly FileKind[];
}

export interface DesktopNotification {
  readonly title: string;
  readonly body: string;
  onClick(): void;
}

/** How the composition root starts on a desktop. */
export type OpenShell = (host: ShellHost, options: ShellOptions) => Promise<Shell>;

export interface ShellOptions {
  /** Absolute path of the profile's folder; adapters keep what they must under `shell/` in it. */
  readonly profileDir: string;
  /** Absolute path of the built renderer. */
  readonly rendererDir: string;
}
