import type { Page } from '@playwright/test';
import type { RunningApp } from './running-app';

/** The app under test: its window, its profile, and what a person does around them. */
export class ShellUnderTest {
  readonly profileDir: string;
  readonly #open: (profileDir: string) => Promise<RunningApp>;
  #app: RunningApp;
  #page: Page;

  /** Answers to the desktop's dialogs, given before the app asks or while it waits. */
  readonly dialogs = {
    /** The path the next save dialog gives; null cancels it. */
    answerSave: (path: string | null): Promise<void> => this.#app.answer('save', path),
    /** The path the next open dialog gives; null cancels it. */
    answerOpen: (path: string | null): Promise<void> => this.#app.answer('open', path),
  };

  private constructor(
    profileDir: string,
    open: (profileDir: string) => Promise<RunningApp>,
    app: RunningApp,
    page: Page,
  ) {
    this.profileDir = profileDir;
    this.#open = open;
    this.#app = app;
    this.#page = page;
  }

  static async open(
    profileDir: string,
    open: (profileDir: string) => Promise<RunningApp>,
  ): Promise<ShellUnderTest> {
    const app = await open(profileDir);
    return new ShellUnderTest(profileDir, open, app, await app.page());
  }

  /** The window's page; another one after `restart` and `reopened`. */
  get page(): Page {
    return this.#page;
  }

  /** The app's main process. */
  get pid(): number {
    return this.#app.pid;
  }

  /** Ends the app and opens it again on the same profile. */
  async restart(how: 'SIGTERM' | 'SIGKILL' = 'SIGTERM'): Promise<Page> {
    await this.#app.stop(how);
    this.#app = await this.#open(this.profileDir);
    return this.reopened();
  }

  /** Closes the window as the person would; the app may end, or ask. */
  async closeWindow(): Promise<void> {
    await this.#app.closeWindow();
  }

  /** The page after the window was opened anew by the app itself. */
  async reopened(): Promise<Page> {
    this.#page = await this.#app.page();
    return this.#page;
  }

  /** Resolves when the app has ended by itself. */
  async ended(): Promise<void> {
    await this.#app.exited();
  }

  async close(): Promise<void> {
    await this.#app.stop('SIGTERM');
  }
}
