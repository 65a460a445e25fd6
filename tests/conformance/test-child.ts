/** Runs one test of the suite in this process, on a database of its own, and reports the results. */
import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runInThisContext } from 'node:vm';
import { createIndexedDB, installIndexedDBGlobals } from '../../main/store/indexeddb';
import { openDatabase } from '../../main/store/open-database';
import type { Assignment, Outcome } from './protocol';
import { installWorkerScope } from './worker-scope';

const HARNESS = '/resources/testharness.js';
const { checkout, folder, test } = JSON.parse(process.argv[2] ?? '') as Assignment;

interface Completion {
  readonly type: 'complete';
  readonly tests: readonly { name: string; status: number; message: string | null }[];
  readonly status: { readonly status: number; readonly message: string | null };
}

const report = installWorkerScope(checkout, test.url, (message) => {
  if (isCompletion(message)) answer(message);
});
const database = openDatabase(join(folder, 'test.db'), randomBytes(32), {
  applicationId: 1,
  migrations: [],
  durability: 'full',
});
const factory = createIndexedDB(database, { reportException: report });
installIndexedDBGlobals(globalThis, factory);

run(HARNESS);
for (const script of test.scripts) {
  try {
    if ('path' in script) run(script.path);
    else runInThisContext(script.code, { filename: test.file });
  } catch (error) {
    report(error);
  }
}
// Says that all tests are declared, as the page around a worker's test does.
runInThisContext('done()');

function run(path: string): void {
  runInThisContext(readFileSync(join(checkout, path), 'utf8'), { filename: path });
}

function isCompletion(message: unknown): message is Completion {
  return typeof message === 'object' && message !== null && 'type' in message
    ? message.type === 'complete'
    : false;
}

function harnessFailure({ status, message }: Completion['status'], tests: number): string | null {
  if (status !== 0) return message ?? `status ${status}`;
  return tests === 0 ? 'it declared no tests' : null;
}

function answer({ tests, status }: Completion): void {
  const outcome: Outcome = {
    harness: harnessFailure(status, tests.length),
    subtests: tests.map(({ name, status: state, message }) => ({
      name,
      passed: state === 0,
      message: message ?? '',
    })),
  };
  // The store is left as a test leaves it; the process ends with it.
  process.send?.(outcome, () => process.exit());
}
