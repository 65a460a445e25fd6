/** The steps of `npm test`: what each runs, and how its outcome is read. */
import { existsSync } from 'node:fs';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from './build.mjs';
import { run } from './command.mjs';
import { dependencies, node24, reports, root } from './paths.mjs';
import { readPlaywrightReport, readVitestReport } from './reports.mjs';

/**
 * @typedef {object} Outcome
 * @property {boolean} ok
 * @property {import('./reports.mjs').Report} [report] of the steps that run tests
 * @property {string} [output] what to show when it failed
 * @property {string} [notRun] why the step was not run at all
 */

/**
 * @typedef {object} Step
 * @property {string} name as given on the command line
 * @property {readonly string[]} groups other names that select it
 * @property {string} title
 * @property {boolean} [needsBuild]
 * @property {(note: (text: string) => void) => Promise<Outcome>} run
 */

const CHECKS = ['check'];
const PLAIN = { FORCE_COLOR: '0', NO_COLOR: '1' };

/** @type {readonly Step[]} */
export const steps = [
  tool('eslint', ['lint'], 'eslint', ['eslint/bin/eslint.js', '.', '--max-warnings=0']),
  tool('format', ['lint'], 'prettier', [
    'prettier/bin/prettier.cjs',
    '--check',
    '--log-level=warn',
    '.',
  ]),
  tool('dependencies', ['lint'], 'dependency rules', [
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--output-type=err-long',
    'main',
    'preload',
    'renderer',
    'scripts',
    'tests',
  ]),
  tool('unused', ['lint'], 'unused code (knip)', [
    'knip/bin/knip.js',
    '--no-progress',
    '--no-config-hints',
  ]),
  tool('types-app', ['types'], 'types: main, preload, tests', [
    'typescript/bin/tsc',
    '--pretty',
    'false',
  ]),
  tool('types-scripts', ['types'], 'types: scripts', [
    'typescript/bin/tsc',
    '--pretty',
    'false',
    '-p',
    'scripts',
  ]),
  tool('types-renderer', ['types'], 'types: renderer', [
    'svelte-check/bin/svelte-check',
    '--tsconfig=renderer/tsconfig.json',
    '--fail-on-warnings',
    '--output=human',
  ]),
  vitest('unit', 'unit tests'),
  vitest('component', 'component tests'),
  vitest('integration', 'integration tests'),
  vitest('faults', 'faults (short form)'),
  {
    name: 'build',
    groups: [],
    title: 'build',
    run: async () => {
      await build();
      return { ok: true };
    },
  },
  { ...vitest('package', 'packages'), needsBuild: true },
  { ...vitest('commands', 'commands (demo)'), needsBuild: true },
  {
    name: 'e2e',
    groups: [],
    title: 'end-to-end tests',
    needsBuild: true,
    run: playwright,
  },
];

/**
 * A tool whose exit code is all there is to know.
 *
 * @param {string} name
 * @param {readonly string[]} groups
 * @param {string} title
 * @param {readonly [script: string, ...args: string[]]} command below node_modules
 * @returns {Step}
 */
function tool(name, groups, title, [script, ...args]) {
  return {
    name,
    groups: [...groups, ...CHECKS],
    title,
    run: async () => {
      const result = await run(node24, [join(dependencies, script), ...args], {
        log: name,
        env: PLAIN,
      });
      return { ok: result.code === 0, output: shorten(result.lines) };
    },
  };
}

/**
 * @param {string} project
 * @param {string} title
 * @returns {Step}
 */
function vitest(project, title) {
  const report = join(reports, `${project}.json`);
  return {
    name: project,
    groups: [],
    title,
    run: async (note) => {
      if (!existsSync(join(root, 'tests', project))) {
        return { ok: true, notRun: `there is no tests/${project}` };
      }
      await mkdir(reports, { recursive: true });
      await rm(report, { force: true });
      const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${report}`];
      const result = await run(
        node24,
        [join(dependencies, 'vitest', 'vitest.mjs'), 'run', '--project', project, ...reporters],
        { log: project, env: PLAIN, onLine: (line) => note(lastFile(line)) },
      );
      const read = await readVitestReport(report);
      return {
        ok: result.code === 0,
        ...(read === undefined ? {} : { report: read }),
        output: shorten(result.lines),
      };
    },
  };
}

/**
 * @param {(text: string) => void} note
 * @returns {Promise<Outcome>}
 */
async function playwright(note) {
  const report = join(reports, 'e2e.json');
  await mkdir(reports, { recursive: true });
  await rm(report, { force: true });
  const cli = join(dependencies, '@playwright', 'test', 'cli.js');
  const result = await run(node24, [cli, 'test', '--reporter=list,json'], {
    log: 'e2e',
    env: { ...PLAIN, PLAYWRIGHT_JSON_OUTPUT_FILE: report },
    onLine: (line) => note(line.trim().slice(0, 70)),
  });
  const read = await readPlaywrightReport(report);
  return {
    ok: result.code === 0,
    ...(read === undefined ? {} : { report: read }),
    output: shorten(result.lines),
  };
}

/** @param {string} line */
function lastFile(line) {
  return /tests\/\S+/.exec(line)?.[0] ?? '';
}

/** @param {readonly string[]} lines */
function shorten(lines) {
  const shown = lines.slice(-120);
  const left = lines.length - shown.length;
  return [...(left > 0 ? [`... ${left} lines above`] : []), ...shown].join('\n');
}
