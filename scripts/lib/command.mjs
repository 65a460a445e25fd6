/** Runs a command to its end, its output in a log file. */
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { finished } from 'node:stream/promises';
import { stripVTControlCharacters } from 'node:util';
import { spawnLeashed } from './leash.mjs';
import { logs, root } from './paths.mjs';

/** A failed command; its message ends with the last lines of its output. */
export class CommandError extends Error {}

/**
 * @typedef {object} CommandOptions
 * @property {string} log name of the log file, without extension
 * @property {string} [cwd] the project's root by default
 * @property {NodeJS.ProcessEnv} [env] added to this process's environment
 * @property {(line: string) => void} [onLine] gets every line of output
 */

/**
 * Runs a command and gives its exit code and the lines it wrote.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 * @returns {Promise<{ code: number, lines: string[], log: string }>}
 */
export async function run(command, args, options) {
  await mkdir(logs, { recursive: true });
  const log = join(logs, `${options.log}.log`);
  const file = createWriteStream(log);
  const leashed = spawnLeashed(command, args, {
    cwd: options.cwd ?? root,
    env: { ...process.env, ...options.env },
    stdout: 'pipe',
    stderr: 'pipe',
  });
  /** @type {string[]} */
  const lines = [];
  const readers = [leashed.child.stdout, leashed.child.stderr].map(async (stream) => {
    if (stream === null) return;
    for await (const raw of createInterface({ input: stream, crlfDelay: Infinity })) {
      const line = stripVTControlCharacters(raw);
      lines.push(line);
      file.write(`${line}\n`);
      options.onLine?.(line);
    }
  });
  const code = await leashed.exited;
  await Promise.all(readers);
  file.end();
  await finished(file);
  return { code, lines, log };
}

/**
 * Like {@link run}, but a failure is an error.
 *
 * @param {string} command
 * @param {readonly string[]} args
 * @param {CommandOptions} options
 */
export async function runOrThrow(command, args, options) {
  const result = await run(command, args, options);
  if (result.code !== 0) {
    const tail = result.lines.slice(-25).join('\n');
    throw new CommandError(
      `${command} ${args[0] ?? ''} failed with exit code ${result.code}:\n${tail}\n(whole output: ${result.log})`,
    );
  }
  return result;
}
