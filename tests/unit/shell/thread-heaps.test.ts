import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { leanNodeArgs } from '../../../scripts/lib/lean-node.mjs';

const module = new URL('../../../main/shell/chromium/thread-heaps.ts', import.meta.url).href;

/** The most a thread's young generation takes while it makes 200 MB of objects, many of which stay. */
const thread = `
  import { parentPort } from 'node:worker_threads';
  import { getHeapSpaceStatistics } from 'node:v8';
  let most = 0;
  let kept = [];
  for (let round = 0; round < 400; round += 1) {
    for (let made = 0; made < 5000; made += 1) kept.push({ round, made, more: [made] });
    if (kept.length > 100000) kept = [];
    const young = getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space');
    most = Math.max(most, young.space_size);
  }
  parentPort.postMessage(most / 1e6);
`;

async function youngMB(before: string): Promise<number> {
  const main = `
    import { Worker } from 'node:worker_threads';
    ${before}
    const resourceLimits = { maxYoungGenerationSizeMb: 48, maxOldGenerationSizeMb: 512 };
    const worker = new Worker(${JSON.stringify(thread)}, { eval: true, resourceLimits });
    worker.on('message', (most) => console.log(most));
  `;
  const args = [...leanNodeArgs, '--input-type=module', '--eval', main];
  const { stdout } = await promisify(execFile)(process.execPath, args);
  return Number(stdout);
}

describe('the small young generation of the main thread', () => {
  it('is not forced on threads that have limits of their own', async () => {
    const taken = `(await import(${JSON.stringify(module)})).leaveHeapsToThreads();`;
    expect(await youngMB(taken)).toBeGreaterThan(2 * (await youngMB('')));
  });
});
