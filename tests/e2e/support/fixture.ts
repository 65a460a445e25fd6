/**
 * The one fixture of the app's end-to-end tests: the built app in a window, in whichever shell the
 * project names. A test knows `shell.page` and never which shell that is.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type TestInfo } from '@playwright/test';
import { electronMissing } from '../../support/shell/electron-binary';
import { openInChromium } from './chromium-app';
import { openInElectron } from './electron-app';
import type { RunningApp } from './running-app';
import { ShellUnderTest } from './shell-under-test';

export interface ShellOptions {
  readonly adapter: 'chromium' | 'electron';
}

interface Fixtures {
  /** The app in a fresh profile. */
  readonly shell: ShellUnderTest;
  /** Opens the app once more: another device, or the same profile again. */
  readonly openShell: (profileDir?: string) => Promise<ShellUnderTest>;
}

export const test = base.extend<Fixtures & ShellOptions>({
  adapter: ['chromium', { option: true }],

  openShell: async ({ adapter }, use, testInfo) => {
    const missing = adapter === 'electron' ? electronMissing() : null;
    testInfo.skip(missing !== null, missing ?? '');
    const open = (profileDir: string): Promise<RunningApp> =>
      adapter === 'electron' ? openInElectron(profileDir) : openInChromium(profileDir);

    const folders: string[] = [];
    const opened: ShellUnderTest[] = [];
    await use(async (given) => {
      const profileDir = given ?? (await mkdtemp(join(tmpdir(), 'holdfast-e2e-')));
      if (given === undefined) folders.push(profileDir);
      const shell = await ShellUnderTest.open(profileDir, open);
      opened.push(shell);
      return shell;
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const shell of opened) await attachPicture(shell, testInfo);
    }
    for (const shell of opened) await shell.close();
    for (const folder of folders) await rm(folder, { recursive: true, force: true });
  },

  shell: async ({ openShell }, use) => {
    await use(await openShell());
  },
});

/** What the person would have seen when the test failed. */
async function attachPicture(shell: ShellUnderTest, testInfo: TestInfo): Promise<void> {
  const path = testInfo.outputPath(`window-${String(testInfo.attachments.length)}.png`);
  const taken = await shell.page.screenshot({ path }).catch(() => null);
  if (taken !== null) await testInfo.attach('window', { path, contentType: 'image/png' });
}

export { expect } from '@playwright/test';
export type { ShellUnderTest };
