/**
 * `npm run bench:store`: measures the store against what else the crypto library could persist to.
 * Options behind `--` are those of tests/bench/store/options.ts.
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
  const script = join(await bundleBench('store'), 'main.js');
  const { status } = spawnSync(node24, [script, ...process.argv.slice(2)], {
    cwd: root,
    stdio: 'inherit',
  });
  return status ?? 1;
});
