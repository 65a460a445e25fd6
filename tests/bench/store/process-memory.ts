/** What a process takes of the computer's memory, in megabytes (10^6 bytes). */
import { readFile, readdir } from 'node:fs/promises';

/** The most this process ever took, threads and native memory included. */
export async function peakMB(): Promise<number> {
  // On Linux the system's own figure begins with that of the process which started this one.
  const peak = (await statusOf('self')).peakKiB;
  return ((peak ?? process.resourceUsage().maxRSS) * 1024) / 1e6;
}

/**
 * The most the renderer of a browser took, which is where a page and its crypto library live; its
 * IndexedDB is in another process and not counted. Null where the system does not tell.
 *
 * @param userDataDir of the browser
 */
export async function rendererPeakMB(userDataDir: string): Promise<number | null> {
  const ids = (await readdir('/proc').catch(() => [])).filter((name) => /^\d+$/.test(name));
  const processes = new Map<string, Status & { readonly command: string }>();
  for (const id of ids) {
    const command = await readFile(`/proc/${id}/cmdline`, 'utf8').catch(() => '');
    processes.set(id, { ...(await statusOf(id)), command });
  }
  const belongs = (id: string | undefined): boolean => {
    const found = id === undefined ? undefined : processes.get(id);
    if (found === undefined) return false;
    return found.command.includes(`--user-data-dir=${userDataDir}`) || belongs(found.parent);
  };
  const peaks = [...processes]
    .filter(([id, { command }]) => command.includes('--type=renderer') && belongs(id))
    .flatMap(([, { peakKiB }]) => peakKiB ?? []);
  return peaks.length === 0 ? null : (Math.max(...peaks) * 1024) / 1e6;
}

interface Status {
  readonly peakKiB: number | undefined;
  readonly parent: string | undefined;
}

async function statusOf(id: string): Promise<Status> {
  const status = await readFile(`/proc/${id}/status`, 'utf8').catch(() => '');
  const peak = /^VmHWM:\s+(\d+) kB$/m.exec(status)?.[1];
  return {
    peakKiB: peak === undefined ? undefined : Number(peak),
    parent: /^PPid:\s+(\d+)$/m.exec(status)?.[1],
  };
}

/** What it takes once the garbage is gone. Needs `--expose-gc`. */
export async function settledRssMB(): Promise<number> {
  for (let turn = 0; turn < 3; turn += 1) {
    await globalThis.gc?.({ type: 'major', execution: 'async' });
  }
  return process.memoryUsage().rss / 1e6;
}
