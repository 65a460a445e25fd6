import { defineConfig } from '@playwright/test';
import type { ShellOptions } from './tests/e2e/support/fixture';
import { electronMissing } from './tests/support/shell/electron-binary';

/** Where Electron can't run, only what just Electron could show is listed, as not run. */
const inElectron = electronMissing() === null ? {} : { grep: /@electron/ };

export default defineConfig<ShellOptions>({
  testDir: 'tests/e2e',
  outputDir: 'test-results/e2e',
  globalSetup: './tests/e2e/support/global-setup.ts',
  // Windows share one display and two cores.
  workers: 1,
  fullyParallel: false,
  forbidOnly: true,
  timeout: 120_000,
  // The first screen after signing in comes after the first sync and the look at the keys.
  expect: { timeout: 45_000 },
  reporter: [['list'], ['json', { outputFile: 'test-results/e2e.json' }]],
  projects: [
    { name: 'chromium', use: { adapter: 'chromium' }, grepInvert: /@electron/ },
    {
      name: 'electron',
      use: { adapter: 'electron' },
      // The Chromium adapter's own specs.
      testIgnore: 'shell/chromium/**',
      ...inElectron,
    },
  ],
});
