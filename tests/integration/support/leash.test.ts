import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { expect, it, vi } from 'vitest';

const leash = new URL('../../../scripts/lib/leash.mjs', import.meta.url).href;

/** Starts a process that leashes a shell with a child of its own, and tells the pids of both. */
async function startOwner(shell: string): Promise<{ owner: number; leashed: number[] }> {
  const program = `
    import { spawnLeashed } from ${JSON.stringify(leash)};
    spawnLeashed('/bin/sh', ['-c', ${JSON.stringify(shell)}], { stdout: 'inherit' });
    setInterval(() => undefined, 1000);`;
  const owner = spawn(process.execPath, ['--input-type=module', '--eval', program], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [line] = (await once(createInterface({ input: owner.stdout }), 'line')) as [string];
  return { owner: owner.pid!, leashed: line.split(' ').map(Number) };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  return true;
}

it.each(['SIGKILL', 'SIGTERM', 'SIGINT'] as const)(
  'nothing on a leash outlives an owner ended by %s',
  async (signal) => {
    const { owner, leashed } = await startOwner('sleep 600 & echo "$$ $!"; wait');
    expect(leashed.map(isAlive)).toEqual([true, true]);
    process.kill(owner, signal);
    await vi.waitUntil(() => !leashed.some(isAlive), { timeout: 5000 });
  },
);

it('a process that ignores SIGTERM is killed', async () => {
  const { owner, leashed } = await startOwner(`trap '' TERM; sleep 600 & echo "$$ $!"; wait`);
  process.kill(owner, 'SIGKILL');
  await vi.waitUntil(() => !leashed.some(isAlive), { timeout: 15_000 });
});
