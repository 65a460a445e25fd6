/** The test of the Chromium shell alone: a window on a small page, with a host that echoes. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base, type Page } from '@playwright/test';
import type { Transport } from '../../../preload/api';
import { childBuilds, hostPage } from './child-builds';
import { ChromiumChild } from './chromium-child';

declare global {
  /** In the page: what the shell put there, and what the page's script received over it. */
  var holdfast: Transport;
  var received: readonly number[];
}

export interface HostedShell {
  readonly child: ChromiumChild;
  readonly profileDir: string;
  /** The window's page once its own script has run. */
  readyPage(): Promise<Page>;
}

interface Fixtures {
  readonly profileDir: string;
  readonly hosted: HostedShell;
}

export interface HostOptions {
  readonly dialogs?: 'desktop' | 'answered';
  readonly env?: NodeJS.ProcessEnv;
}

export async function startHost(
  profileDir: string,
  { dialogs = 'answered', env = {} }: HostOptions = {},
): Promise<ChromiumChild> {
  return ChromiumChild.start(
    childBuilds.host,
    (port) => [profileDir, hostPage, childBuilds.transport, String(port), dialogs],
    env,
  );
}

export async function readyPage(child: ChromiumChild): Promise<Page> {
  const page = await child.page();
  await page.locator('html[data-ready]').waitFor();
  return page;
}

export const test = base.extend<Fixtures>({
  profileDir: async ({}, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'holdfast-e2e-'));
    await use(folder);
    await rm(folder, { recursive: true, force: true });
  },
  hosted: async ({ profileDir }, use) => {
    await using child = await startHost(profileDir);
    await readyPage(child);
    await use({ child, profileDir, readyPage: () => readyPage(child) });
  },
});

export { expect } from '@playwright/test';
