/** From what every run measured to the figures that are compared. */
import type { Measured, ProductRestore } from './tasks';
import type { Rate, RecordRates } from './workload';

export const environments = ['ours', 'memory', 'fake', 'chromium'] as const;
export type Environment = (typeof environments)[number];

type Runs<Value> = Partial<Record<Environment, readonly Value[]>>;
type WithPeak<Value> = Value & { readonly peakMB?: number };

/** Every run, by environment, in the order they were made. */
export interface RawRuns {
  readonly import: Runs<WithPeak<Rate>>;
  readonly restore: Omit<Runs<WithPeak<Rate>>, 'ours'> & {
    readonly ours?: readonly WithPeak<ProductRestore>[];
  };
  readonly records: Runs<WithPeak<RecordRates>>;
  readonly open: {
    readonly empty: readonly Measured<'open'>[];
    readonly full: readonly Measured<'open'>[];
  };
  /** Processes waiting to run per processor, over the minute before each round; 0 on Windows. */
  readonly load: readonly number[];
}

/** Ratios are of rates, ours over the other's: above 1, ours is faster. Null: not measured. */
export function figuresOf(runs: RawRuns) {
  const importRates = ratesOf(runs.import, (run) => run.perSecond);
  const restoreRates = ratesOf(runs.restore, (run) => run.perSecond);
  const readRates = ratesOf(runs.records, (run) => run.reads.perSecond);
  const scanRates = ratesOf(runs.records, (run) => run.scan.perSecond);
  const product = runs.restore.ours ?? [];
  const { empty, full } = runs.open;
  return {
    importVsChromium: ratio(importRates, 'chromium'),
    importVsFake: ratio(importRates, 'fake'),
    importVsMemory: ratio(importRates, 'memory'),
    restoreVsChromium: ratio(restoreRates, 'chromium'),
    restoreVsFake: ratio(restoreRates, 'fake'),
    restoreVsMemory: ratio(restoreRates, 'memory'),
    pointReadsVsChromium: ratio(readRates, 'chromium'),
    pointReadsVsFake: ratio(readRates, 'fake'),
    scanVsChromium: ratio(scanRates, 'chromium'),
    scanVsFake: ratio(scanRates, 'fake'),
    openFullMinusEmptyMs: difference(
      full.map(({ ms }) => ms),
      empty.map(({ ms }) => ms),
    ),
    rssFullMinusEmptyMB: difference(
      full.map(({ rssMB }) => rssMB),
      empty.map(({ rssMB }) => rssMB),
    ),
    mainLoopDelayP99Ms: rounded(median(product.map((run) => run.loopDelayP99Ms))),
    mainLoopDelayMaxMs: rounded(median(product.map((run) => run.loopDelayMaxMs))),
    restoreFromEntryMs: rounded(median(product.map((run) => run.fromEntryMs))),
    restorePeakMB: peaksOf(runs.restore),
    importPeakMB: peaksOf(runs.import),
    importKeysPerSecond: importRates,
    restoreKeysPerSecond: restoreRates,
    pointReadsPerSecond: readRates,
    scanRecordsPerSecond: scanRates,
  };
}

export type Figures = ReturnType<typeof figuresOf>;
export type ByEnvironment = Readonly<Record<Environment, number | null>>;

function ratesOf<Run>(runs: Runs<Run>, of: (run: Run) => number): ByEnvironment {
  return byEnvironment((environment) => rounded(median((runs[environment] ?? []).map(of)), 0));
}

function peaksOf(runs: Runs<{ readonly peakMB?: number }>): ByEnvironment {
  return byEnvironment((environment) => {
    const peaks = (runs[environment] ?? []).flatMap(({ peakMB }) => peakMB ?? []);
    return rounded(median(peaks), 0);
  });
}

function byEnvironment(of: (environment: Environment) => number | null): ByEnvironment {
  const entries = environments.map((environment) => [environment, of(environment)] as const);
  return Object.fromEntries(entries) as ByEnvironment;
}

function ratio(rates: ByEnvironment, other: Environment): number | null {
  const { ours } = rates;
  const theirs = rates[other];
  return ours === null || theirs === null ? null : rounded(ours / theirs);
}

function difference(more: readonly number[], less: readonly number[]): number | null {
  const [one, other] = [median(more), median(less)];
  return one === null || other === null ? null : rounded(one - other);
}

/** Null where there is nothing to take it of. */
export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle];
  if (upper === undefined) return null;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[middle - 1] ?? upper)) / 2;
}

function rounded(value: number | null, digits = 2): number | null {
  return value === null ? null : Number(value.toFixed(digits));
}
