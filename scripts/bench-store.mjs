/**
 * `npm run bench:store`: measures the store against what else the crypto library could persist to.
 * Options behind `--` are those of tests/bench/store/options.ts.
 */
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ensureBuild } from './lib/build.mjs';
import { spawnLeashed } from './lib/leash.mjs';
import { main } from './lib/main.mjs';
import { cache, dependencies, node24, root } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

const outdir = join(cache, 'bench-store');
const wasm = join('pkg', 'matrix_sdk_crypto_wasm_bg.wasm');

/** These scripts find what they need beside themselves, so they are not bundled. */
const scriptsStay = {
  name: 'scripts-stay',
  setup(/** @type {import('esbuild').PluginBuild} */ building) {
    building.onResolve({ filter: /\/scripts\/lib\/[^/]+\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

/** The bench and its child for Node, with packages left in node_modules; the page whole. */
async function bundle() {
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  const source = (/** @type {string} */ file) => join(root, 'tests', 'bench', 'store', file);
  const common = { bundle: true, format: 'esm', outdir, logLevel: 'error' };
  await build({
    ...common,
    entryPoints: [source('main.ts'), source('child.ts')],
    packages: 'external',
    platform: 'node',
    target: 'node24',
    plugins: [scriptsStay],
  });
  await build({
    ...common,
    entryPoints: [source('page.ts')],
    platform: 'browser',
    target: 'chrome140',
    minify: true,
    define: { global: 'globalThis' },
  });
  // The crypto library looks for it beside the script that carries it.
  await cp(join(dependencies, '@matrix-org', 'matrix-sdk-crypto-wasm', wasm), join(outdir, wasm));
}

await main(async () => {
  await setUp('test');
  await ensureBuild();
  await bundle();
  const bench = spawnLeashed(node24, [join(outdir, 'main.js'), ...process.argv.slice(2)], {
    cwd: root,
    stdout: 'inherit',
    stderr: 'inherit',
  });
  return bench.exited;
});
