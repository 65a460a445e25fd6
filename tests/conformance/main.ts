/**
 * Runs the IndexedDB folder of a checkout of web-platform-tests on the store and compares what
 * passes with what is expected to: `main.js <checkout> [part of a file's name]`. Fails on whatever
 * is not expected, a pass too.
 */
import { resolve } from 'node:path';
import { compare } from './compare';
import { EXPECTED_FAILURES, NEEDS_BROWSER } from './expectations';
import { runTest } from './run-test';
import { findTests } from './suite';

const AT_ONCE = 2;
const [folder, part = ''] = process.argv.slice(2);
if (folder === undefined) {
  process.stderr.write('Name the folder of a checkout of web-platform-tests.\n');
  process.exit(2);
}

const checkout = resolve(folder);
const found = findTests(checkout).filter(({ name }) => name.includes(part));
const applicable = found.filter(({ file }) => NEEDS_BROWSER[file] === undefined);
if (applicable.length === 0) {
  process.stderr.write(`No test to run in ${checkout}.\n`);
  process.exit(2);
}
const files = new Set(applicable.map(({ file }) => file));
const failedFiles = new Set<string>();
const totals = { passed: 0, failed: 0 };
let surprises = 0;

const waiting = [...applicable];
async function work(): Promise<void> {
  for (let test = waiting.shift(); test; test = waiting.shift()) {
    const outcome = await runTest(checkout, test);
    const comparison = compare(test.name, outcome, EXPECTED_FAILURES[test.name]?.subtests);
    totals.passed += comparison.passed;
    totals.failed += comparison.failed;
    if (comparison.failed > 0) failedFiles.add(test.file);
    surprises += comparison.surprises.length;
    for (const surprise of comparison.surprises) process.stdout.write(`${surprise}\n`);
  }
}
await Promise.all(Array.from({ length: AT_ONCE }, work));

const left = new Set(found.map(({ file }) => file)).size - files.size;
process.stdout.write(
  [
    `files:    ${files.size - failedFiles.size} of ${files.size} pass whole; ${left} need a browser`,
    `subtests: ${totals.passed} pass, ${totals.failed} fail`,
    surprises === 0 ? 'as expected' : `${surprises} not as expected`,
    '',
  ].join('\n'),
);
process.exitCode = surprises === 0 ? 0 : 1;
