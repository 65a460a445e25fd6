import { svelte } from '@sveltejs/vite-plugin-svelte';
import { defineConfig } from 'vitest/config';

/** After which what should come of itself counts as not coming, on machines that do much else. */
const patienceMs = 45_000;

export default defineConfig({
  test: {
    // A child process per file: native addons and environment variables stay apart.
    pool: 'forks',
    projects: [
      {
        extends: true,
        // Properties are tried many times, on machines that do much else.
        test: {
          name: 'unit',
          include: ['tests/unit/**/*.test.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: patienceMs } },
        },
      },
      {
        extends: true,
        test: {
          name: 'integration',
          include: ['tests/integration/**/*.test.ts'],
          globalSetup: [
            'tests/support/keyring/global-setup.ts',
            'tests/support/homeserver/global-setup.ts',
          ],
          testTimeout: 120_000,
          hookTimeout: 90_000,
          expect: { poll: { timeout: patienceMs } },
          // The recovery sheet is printed with its styles.
          css: true,
        },
      },
      {
        extends: true,
        // Kills and injected faults: a run of many steps is one test.
        test: {
          name: 'faults',
          include: ['tests/faults/**/*.test.ts'],
          globalSetup: [
            'tests/support/keyring/global-setup.ts',
            'tests/support/homeserver/global-setup.ts',
          ],
          testTimeout: 180_000,
          hookTimeout: 60_000,
          expect: { poll: { timeout: patienceMs } },
        },
      },
      {
        extends: true,
        test: { name: 'package', include: ['tests/package/**/*.test.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'commands',
          include: ['tests/commands/**/*.test.ts'],
          testTimeout: 180_000,
        },
      },
      {
        extends: true,
        plugins: [svelte()],
        resolve: { conditions: ['browser'] },
        test: {
          name: 'component',
          include: ['tests/component/**/*.test.ts'],
          environment: 'jsdom',
          setupFiles: ['tests/component/patience.ts'],
          testTimeout: 60_000,
          expect: { poll: { timeout: patienceMs } },
        },
      },
    ],
  },
});
