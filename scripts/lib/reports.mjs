/** Reads the JSON reports of the test runners into one form. */
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';

/** @typedef {import('./reports.mjs').Report} Report */

/** @returns {Report} */
const empty = () => ({ passed: 0, failed: [], skipped: [], flaky: 0 });

/**
 * @param {string} file as written by vitest's JSON reporter
 * @returns {Promise<Report | undefined>} undefined when there is no report
 */
export async function readVitestReport(file) {
  if (!existsSync(file)) return undefined;
  const { testResults } = JSON.parse(await readFile(file, 'utf8'));
  const report = empty();
  for (const suite of testResults) {
    const own = suite.assertionResults.filter(
      (/** @type {any} */ { status }) => status === 'failed',
    );
    // A file that can't be loaded, or whose hooks fail, fails without a failed test.
    if (suite.status === 'failed' && own.length === 0) {
      report.failed.push({ name: suite.name, message: suite.message });
    }
    for (const test of suite.assertionResults) {
      const name = test.fullName.trim();
      if (test.status === 'passed') report.passed += 1;
      else if (test.status === 'failed') {
        report.failed.push({ name, message: test.failureMessages.join('\n') });
      } else report.skipped.push({ name, reason: test.meta?.reason ?? 'skipped by its file' });
    }
  }
  return report;
}

/**
 * @param {string} file as written by Playwright's JSON reporter
 * @returns {Promise<Report | undefined>} undefined when there is no report
 */
export async function readPlaywrightReport(file) {
  if (!existsSync(file)) return undefined;
  const { suites, errors } = JSON.parse(await readFile(file, 'utf8'));
  const report = empty();
  for (const error of errors) report.failed.push({ name: 'the run', message: error.message });
  for (const suite of suites) collectSpecs(suite, [], report);
  return report;
}

/**
 * @param {any} suite
 * @param {readonly string[]} above
 * @param {Report} report
 */
function collectSpecs(suite, above, report) {
  const path = [...above, suite.title];
  for (const spec of suite.specs ?? []) {
    for (const test of spec.tests) {
      const name = `[${test.projectName}] ${[...path, spec.title].join(' › ')}`;
      if (test.status === 'expected') report.passed += 1;
      else if (test.status === 'skipped') {
        const annotation = test.annotations.find(
          (/** @type {any} */ { type }) => type === 'skip' || type === 'fixme',
        );
        report.skipped.push({ name, reason: annotation?.description ?? 'skipped by its file' });
      } else {
        if (test.status === 'flaky') report.flaky += 1;
        const messages = test.results.flatMap((/** @type {any} */ { errors }) =>
          errors.map((/** @type {any} */ { message }) => message),
        );
        report.failed.push({ name, message: messages.join('\n') });
      }
    }
  }
  for (const inner of suite.suites ?? []) collectSpecs(inner, path, report);
}
