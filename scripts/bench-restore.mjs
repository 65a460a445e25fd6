/**
 * `npm run bench:restore`: measures restoring a key backup. Behind `--`: `--keys N`, `--rounds N`,
 * `--rooms N`, `--json`, `--without-chromium`.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { ensureBuild } from './lib/build.mjs';
import { bundleBench } from './lib/bundle-bench.mjs';
import { main } from './lib/main.mjs';
import { node24, root } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

await main(async () => {
  await setUp('test');
  await ensureBuild();
  const script = join(await bundleBench('restore'), 'main.js');
  const { status } = spawnSync(node24, [script, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
});
