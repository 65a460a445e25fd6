/**
 * Child processes that never outlive the process that started them.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const LEASH = fileURLToPath(new URL('./leash.sh', import.meta.url));

/**
 * @typedef {object} LeashOptions
 * @property {NodeJS.ProcessEnv} [env]
 * @property {string} [cwd]
 * @property {number | 'pipe' | 'ignore' | 'inherit'} [stdout] defaults to 'ignore'
 * @property {number | 'pipe' | 'ignore' | 'inherit'} [stderr] defaults to 'ignore'
 */

/**
 * @typedef {object} Leashed
 * @property {import('node:child_process').ChildProcess} child
 * @property {Promise<number>} exited the exit code, 128 + signal number when a signal ended it
 * @property {() => boolean} running
 * @property {() => Promise<void>} stop ends the whole process group: SIGTERM, after 5 s SIGKILL
 */

/**
 * Starts a command in a process group of its own, which ends when this process does.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {LeashOptions} [options]
 * @returns {Leashed}
 */
export function spawnLeashed(command, args, options = {}) {
  const child = spawn('/bin/sh', [LEASH, command, ...args], {
    cwd: options.cwd,
    env: options.env ?? process.env,
    detached: true,
    stdio: ['pipe', options.stdout ?? 'ignore', options.stderr ?? 'ignore'],
  });
  // The leash may be gone before its pipe is closed: a broken pipe here says nothing new.
  child.stdin?.on('error', () => undefined);
  let over = false;
  const exited = once(child, 'exit').then(([code]) => {
    over = true;
    return typeof code === 'number' ? code : 1;
  });
  return {
    child,
    exited,
    running: () => !over,
    stop: async () => {
      child.stdin?.end();
      await exited;
    },
  };
}
