import { existsSync } from 'node:fs';
import { builtEntry, childBuilds } from '../../support/shell/child-builds';
import { ChromiumChild } from '../../support/shell/chromium-child';
import type { RunningApp } from './running-app';

/** Starts the built app in a Chromium window. */
export async function openInChromium(profileDir: string): Promise<RunningApp> {
  if (!existsSync(builtEntry)) throw new Error('The app is not built: npm run build');
  const child = await ChromiumChild.start(childBuilds.app, (port) => [
    builtEntry,
    String(port),
    `--profile=${profileDir}`,
  ]);
  return {
    pid: child.process.pid ?? 0,
    page: () => child.page(),
    closeWindow: () => child.closeWindow(),
    answer: async (dialog, path) => child.answer(dialog, path),
    exited: () => child.exited().then(() => {}),
    stop: (signal) => child.stop(signal),
  };
}
