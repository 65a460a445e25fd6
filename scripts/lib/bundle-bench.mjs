/** Bundles a bench: its main script and its child for Node, and the page that Chromium runs. */
import { cp } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { cache, dependencies, root } from './paths.mjs';

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

/**
 * Packages stay in node_modules for Node; the page is whole.
 *
 * @param {string} name the bench's folder in tests/bench
 * @returns {Promise<string>} the folder with main.js, child.js and page.js
 */
export async function bundleBench(name) {
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  const outdir = join(cache, `bench-${name}`);
  const source = (/** @type {string} */ file) => join(root, 'tests', 'bench', file);
  const common = { bundle: true, format: 'esm', outdir, logLevel: 'error' };
  await build({
    ...common,
    entryPoints: [source(join(name, 'main.ts')), source(join(name, 'child.ts'))],
    packages: 'external',
    platform: 'node',
    target: 'node24',
    plugins: [scriptsStay],
  });
  await build({
    ...common,
    entryPoints: [source(join('store', 'page.ts'))],
    platform: 'browser',
    target: 'chrome140',
    minify: true,
    define: { global: 'globalThis' },
  });
  // The crypto library looks for it beside the script that carries it.
  await cp(join(dependencies, '@matrix-org', 'matrix-sdk-crypto-wasm', wasm), join(outdir, wasm));
  return outdir;
}
