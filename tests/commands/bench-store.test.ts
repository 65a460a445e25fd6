import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';

const anyNumber = expect.any(Number) as number;
const perRun = (count: number, of: object) =>
  Array.from({ length: count }, () => expect.objectContaining(of) as unknown);

it('prints one JSON object last, with every figure and what each run measured', async () => {
  const { stdout } = await promisify(execFile)(process.execPath, [
    'scripts/bench-store.mjs',
    '--json',
    '--rounds=1',
    '--keys=200',
    '--rooms=2',
    '--stored=200',
  ]);
  const lines = stdout.trimEnd().split('\n');
  expect(lines.join('\n')).toMatch(/^Restore +[\d.]+ x +>= 2.5 +Chromium/m);

  const rate = { ms: anyNumber, perSecond: anyNumber };
  const ofProcess = { ...rate, peakMB: anyNumber };
  const records = { reads: rate, scan: rate };
  const delays = { loopDelayP99Ms: anyNumber, loopDelayMaxMs: anyNumber, fromEntryMs: anyNumber };
  expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({
    restoreVsChromium: anyNumber,
    importVsChromium: anyNumber,
    openFullMinusEmptyMs: anyNumber,
    rssFullMinusEmptyMB: anyNumber,
    mainLoopDelayP99Ms: anyNumber,
    mainLoopDelayMaxMs: anyNumber,
    runs: {
      import: {
        ours: perRun(1, ofProcess),
        memory: perRun(1, ofProcess),
        fake: perRun(1, ofProcess),
        chromium: perRun(1, rate),
      },
      restore: {
        ours: perRun(1, { ...ofProcess, ...delays }),
        memory: perRun(1, ofProcess),
        fake: perRun(1, ofProcess),
        chromium: perRun(1, rate),
      },
      records: {
        ours: perRun(1, records),
        fake: perRun(1, records),
        chromium: perRun(1, records),
      },
      open: {
        empty: perRun(3, { ms: anyNumber, rssMB: anyNumber }),
        full: perRun(3, { ms: anyNumber, rssMB: anyNumber }),
      },
      load: [anyNumber],
    },
  });
});
