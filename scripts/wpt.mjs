/**
 * `npm run wpt -- <folder>`: holds the store's IndexedDB against a checkout of web-platform-tests
 * (https://github.com/web-platform-tests/wpt). What is expected to fail, and why, stands in
 * tests/conformance/expectations.ts.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { main } from './lib/main.mjs';
import { ensureNodePackages } from './lib/node-packages.mjs';
import { cache, dependencies, node24, root } from './lib/paths.mjs';

await main(async () => {
  await ensureNodePackages();
  const folder = await bundle();
  const { status } = spawnSync(node24, [join(folder, 'main.js'), ...process.argv.slice(2)], {
    stdio: 'inherit',
  });
  return status ?? 1;
});

/** Bundles the runner and the process of a test; packages stay in node_modules. */
async function bundle() {
  const outdir = join(cache, 'conformance');
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  const source = (/** @type {string} */ file) => join(root, 'tests', 'conformance', file);
  await build({
    entryPoints: [source('main.ts'), source('test-child.ts')],
    outdir,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
  });
  return outdir;
}
