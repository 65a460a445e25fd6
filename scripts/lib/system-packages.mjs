/** What the machine itself must have: found by looking for it, installed through apt as root. */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { runOrThrow } from './command.mjs';
import { step } from './progress.mjs';

/** @param {string} name */
export function findExecutable(name) {
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const path = join(folder, name);
    try {
      accessSync(path, constants.X_OK);
      return path;
    } catch {
      continue;
    }
  }
  return undefined;
}

/** @param {...string} names */
const executable = (...names) => names.some((name) => findExecutable(name) !== undefined);

function hasLibsecret() {
  const folders = ['/usr/lib', '/usr/lib64', '/usr/local/lib', '/lib'];
  const triplets = existsSync('/usr/lib')
    ? readdirSync('/usr/lib').filter((name) => name.includes('-linux-'))
    : [];
  return [...folders, ...triplets.map((name) => join('/usr/lib', name))].some((folder) =>
    existsSync(join(folder, 'libsecret-1.so.0')),
  );
}

function hasVenv() {
  try {
    execFileSync('python3', ['-c', 'import venv, ensurepip'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** @param {string} pattern a fontconfig pattern */
function hasFont(pattern) {
  try {
    return execFileSync('fc-list', [pattern, 'family'], { encoding: 'utf8' }).trim() !== '';
  } catch {
    return false;
  }
}

/** @typedef {'app' | 'demo' | 'test'} Purpose each needs all that the one before it needs */

/** @type {readonly { purpose: Purpose, packages: readonly string[], present: () => boolean }[]} */
const needs = [
  {
    purpose: 'app',
    packages: ['chromium'],
    present: () => executable('chromium', 'google-chrome'),
  },
  { purpose: 'app', packages: ['libsecret-1-0'], present: hasLibsecret },
  { purpose: 'app', packages: ['fontconfig'], present: () => executable('fc-list') },
  { purpose: 'app', packages: ['fonts-dejavu-core'], present: () => hasFont(':lang=de') },
  {
    purpose: 'app',
    packages: ['fonts-noto-color-emoji'],
    present: () => hasFont(':charset=1f600:color=true'),
  },
  { purpose: 'demo', packages: ['xvfb'], present: () => executable('Xvfb') },
  {
    purpose: 'demo',
    packages: ['dbus', 'dbus-bin', 'dbus-daemon'],
    present: () => executable('dbus-daemon') && executable('dbus-send'),
  },
  {
    purpose: 'demo',
    packages: ['gnome-keyring'],
    present: () => executable('gnome-keyring-daemon'),
  },
  { purpose: 'demo', packages: ['python3'], present: () => executable('python3') },
  { purpose: 'demo', packages: ['python3-venv'], present: hasVenv },
  {
    purpose: 'test',
    packages: ['gcc', 'libc6-dev'],
    present: () => executable('gcc') && existsSync('/usr/include/stdio.h'),
  },
  { purpose: 'test', packages: ['poppler-utils'], present: () => executable('pdftotext') },
];
/** @type {readonly Purpose[]} */
const order = ['app', 'demo', 'test'];

/** @param {Purpose} purpose @returns {string[]} */
function missingPackages(purpose) {
  return needs
    .filter((need) => order.indexOf(need.purpose) <= order.indexOf(purpose))
    .filter((need) => !need.present())
    .flatMap((need) => need.packages);
}

/** What is missing can't be installed by this user; the message is the one command to run. */
export class MissingPackagesError extends Error {}

/**
 * Makes sure that the machine has what `purpose` needs. Only Linux needs anything.
 *
 * @param {Purpose} purpose
 */
export async function ensureSystemPackages(purpose) {
  if (process.platform !== 'linux') return;
  const missing = missingPackages(purpose);
  if (missing.length === 0) return;

  const install = ['install', '-y', '--no-install-recommends', ...missing];
  if (!executable('apt-get')) {
    throw new MissingPackagesError(
      `Missing on this machine: ${missing.join(', ')} (the names of Debian's packages).\n` +
        'Install them with the package manager of your system, then run this again.',
    );
  }
  if (process.getuid?.() !== 0) {
    throw new MissingPackagesError(
      `Some system packages are missing. Run this once, then start again:\n\n` +
        `  sudo apt-get update && sudo apt-get ${install.join(' ')}\n`,
    );
  }
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await step(`System packages: ${missing.join(', ')}`, async (note) => {
    const onLine = (/** @type {string} */ line) => note(line.slice(0, 60));
    await runOrThrow('apt-get', ['update'], { log: 'apt-update', env, onLine });
    await runOrThrow('apt-get', install, { log: 'apt-install', env, onLine });
  });
  const still = missingPackages(purpose);
  if (still.length > 0) {
    throw new MissingPackagesError(`Installed, yet still not found: ${still.join(', ')}`);
  }
}
