/**
 * The person at the other end of the demo: a program of its own with a real Matrix device, which
 * fills a room with history and then answers what is written there.
 */
import { closeSync, openSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import { spawnLeashed } from './leash.mjs';
import { cache, dependencies, logs, node24, root } from './paths.mjs';

export const partnerSource = join(root, 'tests', 'support', 'demo', 'partner.ts');

/**
 * Starts the partner and waits until it says that the room is ready: a line `{"ready": true, ...}`
 * on its standard output.
 *
 * @param {Record<string, unknown>} story what it needs to know, given as JSON in its first argument
 * @returns {Promise<{ ready: Record<string, unknown>, stop: () => Promise<void> }>}
 */
export async function startPartner(story) {
  const log = await openLog();
  const partner = spawnLeashed(node24, [await bundle(), JSON.stringify(story)], {
    cwd: root,
    stdout: 'pipe',
    stderr: log.descriptor,
  });
  closeSync(log.descriptor);
  const output = partner.child.stdout;
  if (output === null) throw new Error('no output to read');
  const ready = await new Promise((resolve, reject) => {
    createInterface({ input: output }).on('line', (line) => {
      if (line.startsWith('{')) resolve(JSON.parse(line));
    });
    void partner.exited.then((code) =>
      reject(new Error(`the demo's partner ended (exit code ${code}), see ${log.path}`)),
    );
  });
  return { ready, stop: partner.stop };
}

async function openLog() {
  await mkdir(logs, { recursive: true });
  const path = join(logs, 'demo-partner.log');
  return { path, descriptor: openSync(path, 'w') };
}

/** Bundles the project's own TypeScript; packages stay in node_modules. */
async function bundle() {
  const outfile = join(cache, 'demo-partner', 'partner.mjs');
  const { build } = await import(
    pathToFileURL(join(dependencies, 'esbuild', 'lib', 'main.js')).href
  );
  await build({
    entryPoints: [partnerSource],
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
