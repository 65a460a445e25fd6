/** `npm run tour`: drives the app through its story and writes the pictures the README shows. */
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { runOrThrow } from './lib/command.mjs';
import { withDesktop } from './lib/desktop.mjs';
import { main } from './lib/main.mjs';
import { dependencies, node24 } from './lib/paths.mjs';
import { step } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('test');
  await ensureBuild();
  await withDesktop((env) =>
    step('Tour', async (note) => {
      const cli = join(dependencies, '@playwright', 'test', 'cli.js');
      const config = '--config=tests/tour/playwright.config.ts';
      const onLine = (/** @type {string} */ line) => note(line.trim().slice(0, 70));
      await runOrThrow(node24, [cli, 'test', config, '--reporter=list'], {
        log: 'tour',
        env,
        onLine,
      });
    }),
  );
});
