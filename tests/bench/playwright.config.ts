import { defineConfig } from '@playwright/test';
import type { ShellOptions } from '../e2e/support/fixture';

export default defineConfig<ShellOptions>({
  testDir: '.',
  testMatch: '*.bench.ts',
  outputDir: '../../test-results/bench',
  globalSetup: '../e2e/support/global-setup.ts',
  workers: 1,
  timeout: 240_000,
  reporter: [['list']],
  projects: [{ name: 'chromium', use: { adapter: 'chromium' } }],
});
