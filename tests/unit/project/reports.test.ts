import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { readPlaywrightReport, readVitestReport } from '../../../scripts/lib/reports.mjs';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'holdfast-reports-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function written(report: unknown): Promise<string> {
  const file = join(folder, 'report.json');
  await writeFile(file, JSON.stringify(report));
  return file;
}

const vitestTest = (status: string, extra: object = {}): object => ({
  fullName: ` test ${status}`,
  status,
  failureMessages: [],
  meta: {},
  ...extra,
});

describe('vitest’s report', () => {
  it('counts tests and keeps messages and reasons', async () => {
    const file = await written({
      testResults: [
        {
          name: 'a.test.ts',
          status: 'failed',
          message: '',
          assertionResults: [
            vitestTest('passed'),
            vitestTest('failed', { failureMessages: ['expected 1'] }),
            vitestTest('skipped', { meta: { reason: 'no keychain' } }),
          ],
        },
      ],
    });
    expect(await readVitestReport(file)).toEqual({
      passed: 1,
      failed: [{ name: 'test failed', message: 'expected 1' }],
      skipped: [{ name: 'test skipped', reason: 'no keychain' }],
      flaky: 0,
    });
  });

  it('counts a file whose hooks failed as a failure', async () => {
    const file = await written({
      testResults: [
        {
          name: 'b.test.ts',
          status: 'failed',
          message: 'boom',
          assertionResults: [vitestTest('skipped')],
        },
      ],
    });
    const report = await readVitestReport(file);
    expect(report?.failed).toEqual([{ name: 'b.test.ts', message: 'boom' }]);
  });

  it('is undefined where the runner wrote none', async () => {
    expect(await readVitestReport(join(folder, 'none.json'))).toBeUndefined();
  });
});

describe('Playwright’s report', () => {
  it('counts tests of every project and depth, flaky ones as failed', async () => {
    const spec = (status: string, annotations: object[] = []): object => ({
      title: status,
      tests: [
        {
          projectName: 'electron',
          status,
          annotations,
          results: [{ errors: [{ message: `was ${status}` }] }],
        },
      ],
    });
    const file = await written({
      errors: [],
      suites: [
        {
          title: 'a.spec.ts',
          specs: [
            spec('expected'),
            spec('skipped', [{ type: 'skip', description: 'no Electron' }]),
          ],
          suites: [{ title: 'inner', specs: [spec('unexpected'), spec('flaky')] }],
        },
      ],
    });
    expect(await readPlaywrightReport(file)).toEqual({
      passed: 1,
      failed: [
        { name: '[electron] a.spec.ts › inner › unexpected', message: 'was unexpected' },
        { name: '[electron] a.spec.ts › inner › flaky', message: 'was flaky' },
      ],
      skipped: [{ name: '[electron] a.spec.ts › skipped', reason: 'no Electron' }],
      flaky: 1,
    });
  });

  it('counts an error outside of any test', async () => {
    const file = await written({ errors: [{ message: 'no browser' }], suites: [] });
    expect((await readPlaywrightReport(file))?.failed).toEqual([
      { name: 'the run', message: 'no browser' },
    ]);
  });
});
