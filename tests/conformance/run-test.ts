import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Assignment, Outcome } from './protocol';
import type { SuiteTest } from './suite';

const LIMIT_MS = 60_000;

/** Runs a test in a fresh process; one that ends or takes too long without a word has failed. */
export async function runTest(checkout: string, test: SuiteTest): Promise<Outcome> {
  const folder = await mkdtemp(join(tmpdir(), 'holdfast-conformance-'));
  try {
    return await inChild({ checkout, folder, test });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 50 });
  }
}

function inChild(assignment: Assignment): Promise<Outcome> {
  const script = join(import.meta.dirname, 'test-child.js');
  const child = fork(script, [JSON.stringify(assignment)]);
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  return new Promise((resolve) => {
    let outcome: Outcome | null = null;
    child.on('message', (message) => {
      outcome = message as Outcome;
    });
    child.on('close', (code) => {
      clearTimeout(limit);
      const because = code === null ? 'it took too long' : `its process ended with ${code}`;
      resolve(outcome ?? { harness: because, subtests: [] });
    });
  });
}
