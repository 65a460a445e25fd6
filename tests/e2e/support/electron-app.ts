import { once } from 'node:events';
import { _electron } from '@playwright/test';
import { builtElectronEntry } from '../../support/shell/child-builds';
import { electronBinary } from '../../support/shell/electron-binary';
import type { RunningApp } from './running-app';

/** Starts the built app in Electron. */
export async function openInElectron(profileDir: string): Promise<RunningApp> {
  const executablePath = electronBinary();
  if (executablePath === null) throw new Error('Electron’s binary is not installed');
  // Chromium's sandbox refuses root; an unpackaged app may go without.
  const forRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const app = await _electron.launch({
    executablePath,
    args: [...forRoot, builtElectronEntry, `--profile=${profileDir}`],
  });
  const process_ = app.process();
  const ended = once(process_, 'exit');
  return {
    pid: process_.pid ?? 0,
    page: () => app.firstWindow(),
    closeWindow: async () => {
      await app.evaluate(({ BrowserWindow }) => {
        for (const window of BrowserWindow.getAllWindows()) window.close();
      });
    },
    answer: (dialog, path) =>
      app.evaluate(
        ({ dialog: desktop }, [kind, chosen]) => {
          if (kind === 'save') {
            const real = desktop.showSaveDialog.bind(desktop);
            desktop.showSaveDialog = () => {
              desktop.showSaveDialog = real;
              return Promise.resolve({ canceled: chosen === null, filePath: chosen ?? '' });
            };
          } else {
            const real = desktop.showOpenDialog.bind(desktop);
            desktop.showOpenDialog = () => {
              desktop.showOpenDialog = real;
              const filePaths = chosen === null ? [] : [chosen];
              return Promise.resolve({ canceled: chosen === null, filePaths });
            };
          }
        },
        [dialog, path] as const,
      ),
    exited: () => ended.then(() => {}),
    stop: async (signal) => {
      if (process_.exitCode !== null || process_.signalCode !== null) return;
      process_.kill(signal);
      const overdue = setTimeout(() => process_.kill('SIGKILL'), 15_000);
      await ended;
      clearTimeout(overdue);
    },
  };
}
