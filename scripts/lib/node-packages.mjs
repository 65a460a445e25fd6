/** The packages of package-lock.json, and Node 24 among them. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CommandError, run, runOrThrow } from './command.mjs';
import { dependencies, node24, root } from './paths.mjs';
import { step } from './progress.mjs';

/** Makes sure that node_modules is what the lockfile says. */
export async function ensureNodePackages() {
  if (!(await matchesLockfile())) {
    await step('Packages from the npm registry', installPackages, () => ({ ok: true }));
  }
  if (!existsSync(node24)) await step('Node 24', installNode);
}

/**
 * npm keeps the state of node_modules in a hidden lockfile. Optional packages may be absent there:
 * they are those of other platforms.
 */
async function matchesLockfile() {
  const wanted = await lockedVersions(join(root, 'package-lock.json'));
  const installed = await lockedVersions(join(dependencies, '.package-lock.json'));
  return [...wanted].every(([path, { version, optional }]) => {
    const present = installed.get(path);
    return present === undefined ? optional : present.version === version;
  });
}

/** @param {string} file */
async function lockedVersions(file) {
  /** @type {Map<string, { version: string, optional: boolean }>} */
  const versions = new Map();
  if (!existsSync(file)) return versions;
  const { packages } = JSON.parse(await readFile(file, 'utf8'));
  for (const [path, entry] of Object.entries(packages)) {
    if (path === '') continue;
    versions.set(path, { version: entry.version, optional: entry.optional === true });
  }
  return versions;
}

/** @param {(text: string) => void} note */
async function installPackages(note) {
  let fetched = 0;
  const onLine = (/** @type {string} */ line) => {
    if (!/^npm http (fetch|cache)/.test(line)) return;
    fetched += 1;
    note(`${fetched} answers from the registry`);
  };
  // No package runs a script of its own: native addons bring prebuilt binaries, and Node's binary
  // is fetched below.
  const flags = ['--ignore-scripts', '--no-audit', '--no-fund', '--engine-strict=false'];
  const [npm, prefix] = npmCommand();
  const result = await run(npm, [...prefix, 'ci', ...flags, '--loglevel=http'], {
    log: 'npm-ci',
    onLine,
  });
  if (result.code === 0) return;
  const errors = result.lines.filter((line) => line.startsWith('npm error')).slice(0, 25);
  throw new CommandError(`npm ci failed:\n${errors.join('\n')}\n(whole output: ${result.log})`);
}

/** The package `node` fetches the binary for this platform in its install script. */
async function installNode() {
  const cwd = join(dependencies, 'node');
  await runOrThrow(process.execPath, ['installArchSpecificPackage.js'], { log: 'node-24', cwd });
  if (!existsSync(node24)) throw new Error(`${node24} is missing after its installation`);
}

/**
 * The npm that runs this script, or else the one on the PATH.
 *
 * @returns {[string, string[]]}
 */
function npmCommand() {
  const cli = process.env['npm_execpath'];
  return cli?.endsWith('npm-cli.js') ? [process.execPath, [cli]] : ['npm', []];
}
