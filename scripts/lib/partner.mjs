/**
 * The people at the other end of the demo: a program of its own with real Matrix devices, which
 * fills rooms with history and then answers what is written there.
 */
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { spawnLeashed } from './leash.mjs';
import { cache, dependencies, logs, node24, root } from './paths.mjs';

const SOURCE = join(root, 'tests', 'support', 'partner', 'main.ts');

/**
 * Starts the partners and waits until their rooms are there.
 *
 * @param {Record<string, unknown>} options what the program takes as JSON in its first argument
 * @returns {Promise<{ stop: () => Promise<void> }>}
 */
export async function startPartner(options) {
  await mkdir(logs, { recursive: true });
  const logPath = join(logs, 'demo-partner.log');
  const log = openSync(logPath, 'w');
  const partner = spawnLeashed(node24, [await bundle(), JSON.stringify(options)], {
    cwd: root,
    stdout: 'pipe',
    stderr: log,
  });
  closeSync(log);
  await Promise.race([
    seeded(partner),
    partner.exited.then((code) => {
      throw new Error(`the demo's partner ended with exit code ${code}, see ${logPath}`);
    }),
  ]);
  return { stop: partner.stop };
}

/**
 * @param {import('./leash.mjs').Leashed} partner
 * @returns {Promise<void>}
 */
function seeded({ child }) {
  return new Promise((resolve, reject) => {
    if (child.stdout === null) throw new Error('no output to read');
    createInterface({ input: child.stdout }).on('line', (line) => {
      const { event, message } = JSON.parse(line);
      if (event === 'seeded') resolve();
      if (event === 'failed') reject(new Error(`the demo's partner: ${message}`));
    });
  });
}

/** Bundles the project's own TypeScript; packages stay in node_modules. */
async function bundle() {
  const outfile = join(cache, 'demo-partner', 'main.mjs');
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  await build({
    entryPoints: [SOURCE],
    outfile,
    bundle: true,
    packages: 'external',
    platform: 'node',
    format: 'esm',
    target: 'node24',
    logLevel: 'error',
  });
  return outfile;
}
