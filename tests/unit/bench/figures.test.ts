import { expect, it } from 'vitest';
import { figuresOf, median, type RawRuns } from '../../bench/store/figures';

const rate = (perSecond: number) => ({ ms: 1, perSecond, peakMB: 100 });
const nothing: RawRuns = {
  import: {},
  restore: {},
  records: {},
  open: { empty: [], full: [] },
  load: [],
};

it('takes ratios of the medians, ours over the other', () => {
  const figures = figuresOf({
    ...nothing,
    import: {
      ours: [rate(9), rate(900), rate(600)],
      chromium: [rate(200), rate(1), rate(9_000)],
      fake: [rate(1_200)],
    },
  });
  expect(figures.importVsChromium).toBe(3);
  expect(figures.importVsFake).toBe(0.5);
  expect(figures.importKeysPerSecond).toEqual({
    ours: 600,
    chromium: 200,
    fake: 1_200,
    memory: null,
  });
});

it('subtracts the empty store from the full one', () => {
  const opening = (ms: number, rssMB: number) => ({ ms, rssMB, peakMB: 200 });
  const figures = figuresOf({
    ...nothing,
    open: {
      empty: [opening(30, 100), opening(40, 101), opening(90, 102)],
      full: [opening(52, 108), opening(20, 111), opening(95, 109)],
    },
  });
  expect(figures.openFullMinusEmptyMs).toBe(12);
  expect(figures.rssFullMinusEmptyMB).toBe(8);
});

it('says null, not a number, of what was not measured', () => {
  const figures = figuresOf({ ...nothing, import: { ours: [rate(5)] } });
  expect(figures).toMatchObject({
    importVsChromium: null,
    restoreVsChromium: null,
    openFullMinusEmptyMs: null,
    rssFullMinusEmptyMB: null,
    mainLoopDelayP99Ms: null,
    mainLoopDelayMaxMs: null,
  });
});

it('takes the middle of an even number of values between the two', () => {
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(median([])).toBeNull();
});
