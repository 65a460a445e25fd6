/**
 * `npm run faults`: the long form of the fault harness. Kills the app at random moments, makes its
 * disk fail, damages its files; then says what was lost. `-- --json` ends with one JSON object.
 * The options are those of tests/faults/main.ts.
 */
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { withEnding } from './lib/ending.mjs';
import { startHomeserver } from './lib/homeserver.mjs';
import { startKeyring } from './lib/keyring.mjs';
import { spawnLeashed } from './lib/leash.mjs';
import { main } from './lib/main.mjs';
import { cache, dependencies, node24, root } from './lib/paths.mjs';
import { setUp } from './lib/setup.mjs';

/** The scripts know their files by where they lie themselves. */
const scriptsStay = {
  name: 'scripts-stay',
  /** @param {import('esbuild').PluginBuild} build */
  setup(build) {
    build.onResolve({ filter: /scripts\/lib\/[^/]+\.mjs$/ }, ({ resolveDir, path }) => ({
      path: pathToFileURL(resolve(resolveDir, path)).href,
      external: true,
    }));
  },
};

await main(async () => {
  await setUp('test');
  return withEnding(async (onEnd) => {
    const homeserver = await startHomeserver();
    onEnd(() => homeserver.stop());
    const keyring = await startKeyring();
    onEnd(() => keyring.stop());
    const faults = spawnLeashed(node24, [await bundle(), ...process.argv.slice(2)], {
      cwd: root,
      env: {
        ...process.env,
        ...keyring.variables,
        HOLDFAST_TEST_HOMESERVER: homeserver.baseUrl,
      },
      stdout: 'inherit',
      stderr: 'inherit',
    });
    onEnd(faults.stop);
    return faults.exited;
  });
});

/** Bundles the harness; packages stay in node_modules, and scripts where they are. */
async function bundle() {
  const outfile = join(cache, 'faults', 'main.mjs');
  await mkdir(dirname(outfile), { recursive: true });
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  await build({
    entryPoints: [join(root, 'tests', 'faults', 'main.ts')],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
    plugins: [scriptsStay],
  });
  return outfile;
}
