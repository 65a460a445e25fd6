/** Builds the app into out/, unless out/ already is what the sources give. */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { runOrThrow } from './command.mjs';
import { cache, node24, root } from './paths.mjs';
import { duration, step } from './progress.mjs';

const STAMP = join(cache, 'build.sha256');
const INPUTS = [
  'assets',
  'main',
  'preload',
  'renderer',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
  'tsconfig.json',
];
const RESULTS = [
  'out/main/electron.js',
  'out/main/chromium.js',
  'out/preload/preload.cjs',
  'out/renderer/index.html',
].map((path) => join(root, path));

/** Builds when something changed since the last build, showing progress. */
export async function ensureBuild() {
  const wanted = await fingerprint();
  if (await isBuilt(wanted)) return;
  await step('Build', () => build(wanted));
}

/**
 * Builds in any case.
 *
 * @param {string} [wanted] the fingerprint of the sources, when it is known already
 * @returns {Promise<string>} what was done, in a few words
 */
export async function build(wanted) {
  const started = Date.now();
  const sources = wanted ?? (await fingerprint());
  await rm(STAMP, { force: true });
  const electronVite = join(root, 'node_modules', 'electron-vite', 'bin', 'electron-vite.js');
  await runOrThrow(node24, [electronVite, 'build', '--logLevel', 'warn'], { log: 'build' });
  for (const file of RESULTS) {
    if (!existsSync(file)) throw new Error(`the build left no ${relative(root, file)}`);
  }
  await mkdir(dirname(STAMP), { recursive: true });
  await writeFile(STAMP, sources);
  return duration(Date.now() - started);
}

/** @param {string} wanted */
async function isBuilt(wanted) {
  if (!existsSync(STAMP) || !RESULTS.every((file) => existsSync(file))) return false;
  return (await readFile(STAMP, 'utf8')) === wanted;
}

async function fingerprint() {
  const hash = createHash('sha256');
  for (const input of INPUTS) await addTo(hash, join(root, input));
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} path
 */
async function addTo(hash, path) {
  if (!existsSync(path)) return;
  const entries = await readdir(path, { withFileTypes: true }).catch(() => undefined);
  if (entries === undefined) {
    hash
      .update(relative(root, path))
      .update('\0')
      .update(await readFile(path))
      .update('\0');
    return;
  }
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    await addTo(hash, join(path, entry.name));
  }
}
