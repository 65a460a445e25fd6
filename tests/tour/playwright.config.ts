import { defineConfig } from '@playwright/test';
import type { ShellOptions } from '../e2e/support/fixture';

export default defineConfig<ShellOptions>({
  testDir: '.',
  testMatch: 'tour.ts',
  outputDir: '../../test-results/tour',
  globalSetup: './global-setup.ts',
  workers: 1,
  timeout: 240_000,
  expect: { timeout: 45_000 },
  reporter: [['list']],
  projects: [{ name: 'chromium', use: { adapter: 'chromium' } }],
});
