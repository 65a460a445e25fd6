/** What a process takes of the computer's memory, in megabytes (10^6 bytes). */
import { readFile } from 'node:fs/promises';

/** The most this process ever took, threads and native memory included. */
export async function peakMB(): Promise<number> {
  // On Linux the system's own figure begins with that of the process which started this one.
  const status = await readFile('/proc/self/status', 'utf8').catch(() => '');
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  const kiB = peak === undefined ? process.resourceUsage().maxRSS : Number(peak);
  return (kiB * 1024) / 1e6;
}

/** What it takes once the garbage is gone. Needs `--expose-gc`. */
export async function settledRssMB(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await globalThis.gc?.({ type: 'major', execution: 'async' });
  }
  return process.memoryUsage().rss / 1e6;
}
