/**
 * `npm test`: installs what is missing, then runs every step, also after one has failed. Names of
 * steps or groups behind `--` choose some: `npm test -- lint unit`.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { main } from './lib/main.mjs';
import { reports } from './lib/paths.mjs';
import { bold, dim, duration, green, red, say, step, yellow } from './lib/progress.mjs';
import { setUp } from './lib/setup.mjs';
import { steps } from './lib/test-steps.mjs';

/** @typedef {import('./lib/test-steps.mjs').Outcome} Outcome */
/** @typedef {import('./lib/test-steps.mjs').Step} Step */
/** @typedef {{ step: Step, outcome: Outcome, ms: number }} Row */

await main(async () => {
  const chosen = choose(process.argv.slice(2));
  if (chosen === undefined) return 2;
  const started = Date.now();
  await setUp('test');

  /** @type {Row[]} */
  const rows = [];
  for (const each of chosen) rows.push(await runStep(each, rows));

  printFailures(rows);
  printTable(rows);
  printNotRun(rows);
  await printSizes(rows);
  say(dim(`in ${duration(Date.now() - started)}`));
  const failed = rows.reduce((sum, row) => sum + failures(row), 0);
  printTotals(rows, failed);
  return failed === 0 ? 0 : 1;
});

/**
 * @param {readonly string[]} names
 * @returns {readonly Step[] | undefined}
 */
function choose(names) {
  if (names.length === 0) return steps;
  const known = new Set(steps.flatMap(({ name, groups }) => [name, ...groups]));
  const unknown = names.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    say(`Unknown: ${unknown.join(', ')}. There are: ${[...known].join(', ')}`);
    return undefined;
  }
  const direct = steps.filter(({ name, groups }) =>
    [name, ...groups].some((each) => names.includes(each)),
  );
  const needsBuild = direct.some((each) => each.needsBuild);
  return steps.filter((each) => direct.includes(each) || (needsBuild && each.name === 'build'));
}

/**
 * @param {Step} each
 * @param {readonly Row[]} before
 * @returns {Promise<Row>}
 */
async function runStep(each, before) {
  const started = Date.now();
  const unbuilt = before.some(({ step: { name }, outcome }) => name === 'build' && !outcome.ok);
  const outcome =
    each.needsBuild && unbuilt
      ? { ok: false, notRun: 'the build failed' }
      : await step(each.title, (note) => attempt(each, note), judge);
  return { step: each, outcome, ms: Date.now() - started };
}

/**
 * @param {Step} each
 * @param {(text: string) => void} note
 * @returns {Promise<Outcome>}
 */
async function attempt(each, note) {
  try {
    return await each.run(note);
  } catch (error) {
    return { ok: false, output: error instanceof Error ? error.message : String(error) };
  }
}

/** @param {Outcome} outcome */
function judge(outcome) {
  return { ok: outcome.ok, text: describe(outcome) };
}

/** @param {Outcome} outcome */
function describe({ report, notRun }) {
  if (notRun !== undefined) return yellow(`not run: ${notRun}`);
  if (report === undefined) return '';
  const parts = [`${report.passed} passed`];
  if (report.failed.length > 0) parts.push(red(`${report.failed.length} failed`));
  if (report.flaky > 0) parts.push(red(`${report.flaky} of them flaky`));
  if (report.skipped.length > 0) parts.push(yellow(`${report.skipped.length} not run`));
  return parts.join(', ');
}

/**
 * How many failures a step adds to the total. One that failed without a failed test (lint, types,
 * a runner that broke down) is one.
 *
 * @param {Row} row
 */
function failures({ outcome: { ok, report } }) {
  const failedTests = report?.failed.length ?? 0;
  return ok || failedTests > 0 ? failedTests : 1;
}

/** @param {readonly Row[]} rows */
function printFailures(rows) {
  for (const { step: each, outcome } of rows) {
    if (outcome.ok || outcome.notRun !== undefined) continue;
    say();
    say(bold(red(`── ${each.title} ──`)));
    const failed = outcome.report?.failed ?? [];
    for (const { name, message } of failed) say(`${red('✗')} ${name}\n${indent(message)}`);
    // Failed hooks and broken files have no message of their own in the report.
    if (failed.every(({ message }) => message === '')) say(outcome.output ?? '');
  }
}

/** @param {string} text */
function indent(text) {
  const lines = text.split('\n').slice(0, 30);
  return lines.map((line) => `    ${line}`).join('\n');
}

/** @param {readonly Row[]} rows */
function printTable(rows) {
  say();
  const width = Math.max(...rows.map(({ step: { title } }) => title.length));
  for (const { step: each, outcome, ms } of rows) {
    const mark = outcome.ok ? green('✓') : red('✗');
    const time = duration(ms).padStart(11);
    say(`${mark} ${each.title.padEnd(width)} ${dim(time)}  ${describe(outcome)}`);
  }
}

/** @param {readonly Row[]} rows */
function printNotRun(rows) {
  const skipped = rows.flatMap(({ outcome: { report } }) => report?.skipped ?? []);
  if (skipped.length === 0) return;
  say();
  say(bold('Not run'));
  const reasons = new Map();
  for (const { name, reason } of skipped) {
    reasons.set(reason, [...(reasons.get(reason) ?? []), name]);
  }
  for (const [reason, names] of reasons) {
    say(`${yellow('–')} ${reason}: ${names.length}`);
    for (const name of names) say(dim(`    ${name}`));
  }
}

/** @param {readonly Row[]} rows */
async function printSizes(rows) {
  if (!rows.some(({ step: { name }, outcome }) => name === 'package' && outcome.report)) return;
  const sizes = JSON.parse(await readFile(join(reports, 'sizes.json'), 'utf8'));
  say();
  say(bold('Sizes'));
  for (const [what, bytes] of Object.entries(sizes)) {
    say(`  ${what.padEnd(30)} ${(Number(bytes) / 1024).toFixed(0).padStart(8)} KiB`);
  }
}

/**
 * @param {readonly Row[]} rows
 * @param {number} failed
 */
function printTotals(rows, failed) {
  const passed = rows.reduce((sum, { outcome }) => sum + (outcome.report?.passed ?? 0), 0);
  const skipped = rows.reduce((sum, { outcome }) => sum + (outcome.report?.skipped.length ?? 0), 0);
  say(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
}
