import type { Page } from '@playwright/test';
import type { DialogKind } from '../../support/shell/child-messages';

/** One process of the app, in one shell or the other. */
export interface RunningApp {
  /** The process that is the app's main one. */
  readonly pid: number;
  /** The window's page, once it is there. */
  page(): Promise<Page>;
  /** Closes the window as the person would. */
  closeWindow(): Promise<void>;
  /** What the next dialog of this kind gives; null cancels it. */
  answer(dialog: DialogKind, path: string | null): Promise<void>;
  /** Resolves when the process has ended. */
  exited(): Promise<void>;
  /** Ends the process: SIGTERM asks it to, SIGKILL doesn't. */
  stop(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}
