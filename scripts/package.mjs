/**
 * `npm run package`: builds this platform's installers with the real Electron. What stands behind
 * `--` goes to electron-builder: `npm run package -- --dir`.
 */
import { join } from 'node:path';
import { electronBinary } from './lib/app.mjs';
import { build } from './lib/build.mjs';
import { runOrThrow } from './lib/command.mjs';
import { main } from './lib/main.mjs';
import { dependencies, node24 } from './lib/paths.mjs';
import { say, step } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('app');
  await step('Build', () => build());
  const dist = join(dependencies, 'electron', 'dist');
  const local = electronBinary() === undefined ? [] : [`-c.electronDist=${dist}`];
  if (local.length === 0) say('Electron’s binary is not here: electron-builder downloads it.');
  await step('Packages', async (note) => {
    const cli = join(dependencies, 'electron-builder', 'cli.js');
    const args = ['--publish=never', ...local, ...process.argv.slice(2)];
    await runOrThrow(node24, [cli, ...args], {
      log: 'package',
      onLine: (line) => note(line.slice(0, 70)),
    });
  });
  say('The packages are in dist/.');
});
