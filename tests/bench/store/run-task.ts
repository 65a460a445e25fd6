import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { leanNodeEnv } from '../../../scripts/lib/lean-node.mjs';
import type { Measured, Task } from './tasks';

const child = fileURLToPath(new URL('./child.js', import.meta.url));
const limitMs = 600_000;

/** Runs one measurement in a fresh process. */
export async function runTask<Asked extends Task>(
  task: Asked,
): Promise<Measured<Asked['measure']>> {
  const args = ['--expose-gc', child, JSON.stringify(task)];
  const { stdout } = await promisify(execFile)(process.execPath, args, {
    timeout: limitMs,
    // As the app is started.
    env: { ...leanNodeEnv, ...process.env },
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as Measured<Asked['measure']>;
}
