/** Starts the built app: in Electron where it can run, otherwise in a window of Chromium. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leanNodeArgs, leanNodeEnv } from './lean-node.mjs';
import { spawnLeashed } from './leash.mjs';
import { dependencies, node24, root } from './paths.mjs';

/**
 * @typedef {object} Shell
 * @property {'Electron' | 'Chromium'} name
 * @property {string} command
 * @property {string[]} args
 * @property {string} [because] why it is not Electron
 */

/** @returns {Shell} */
export function chooseShell() {
  const electron = electronBinary();
  if (electron !== undefined && process.getuid?.() !== 0) {
    return { name: 'Electron', command: electron, args: [root] };
  }
  return {
    name: 'Chromium',
    command: node24,
    args: [...leanNodeArgs, join(root, 'out', 'main', 'chromium.js')],
    because:
      electron === undefined
        ? 'Electron’s binary is not here ("npx install-electron" downloads it)'
        : 'Electron has no sandbox as root',
  };
}

/** @returns {string | undefined} the path of Electron's executable, when it has been fetched */
export function electronBinary() {
  const folder = join(dependencies, 'electron');
  const pathFile = join(folder, 'path.txt');
  if (!existsSync(pathFile)) return undefined;
  const executable = join(folder, 'dist', readFileSync(pathFile, 'utf8'));
  return existsSync(executable) ? executable : undefined;
}

/**
 * @param {Shell} shell
 * @param {{ profile?: string, env?: Record<string, string>, output: number | 'inherit' }} options
 */
export function startApp(shell, { profile, env = {}, output }) {
  const switches = profile === undefined ? [] : [`--profile=${profile}`];
  return spawnLeashed(shell.command, [...shell.args, ...switches], {
    cwd: root,
    env: { ...leanNodeEnv, ...process.env, ...env },
    stdout: output,
    stderr: output,
  });
}
