import { environments, type ByEnvironment, type Figures } from './figures';
import type { BenchOptions } from './options';

/** Above this load a processor, the computer has more to do than the bench. */
const busyFrom = 1;

/**
 * The figures for people: ratios first, then what they are made of.
 *
 * @param load before each round, per processor
 */
export function tableOf(
  figures: Figures,
  load: readonly number[],
  { rounds, keys, stored, batch }: BenchOptions,
): string {
  const ratios: readonly Row[] = [
    ['Restore', times(figures.restoreVsChromium), '>= 2.5', 'Chromium, its own IndexedDB'],
    ['', times(figures.restoreVsFake), '', 'fake-indexeddb'],
    ['', times(figures.restoreVsMemory), '', 'memory'],
    ['Import', times(figures.importVsChromium), '>= 3', 'Chromium, its own IndexedDB'],
    ['', times(figures.importVsFake), '', 'fake-indexeddb'],
    ['', times(figures.importVsMemory), '', 'memory'],
    ['Reads by key', times(figures.pointReadsVsChromium), '', 'Chromium, its own IndexedDB'],
    ['', times(figures.pointReadsVsFake), '', 'fake-indexeddb'],
    ['Cursor scan', times(figures.scanVsChromium), '', 'Chromium, its own IndexedDB'],
    ['', times(figures.scanVsFake), '', 'fake-indexeddb'],
  ];
  const limits: readonly Row[] = [
    [
      `Opening ${stored} sessions`,
      ms(figures.openFullMinusEmptyMs),
      '<= 50 ms',
      'over an empty store',
    ],
    ['Memory for them', mb(figures.rssFullMinusEmptyMB), '< 30 MB', 'over an empty store'],
    [
      'Main thread, p99',
      ms(figures.mainLoopDelayP99Ms),
      '<= 16 ms',
      'event loop during the restore',
    ],
    [
      'Main thread, max',
      ms(figures.mainLoopDelayMaxMs),
      '<= 50 ms',
      'event loop during the restore',
    ],
    ['Key to last key', ms(figures.restoreFromEntryMs), '', 'unlocking included'],
  ];
  const raw: readonly Row[] = [
    ['', ...environments],
    ['Restore, keys/s', ...cells(figures.restoreKeysPerSecond)],
    ['Import, keys/s', ...cells(figures.importKeysPerSecond)],
    ['Reads by key/s', ...cells(figures.pointReadsPerSecond)],
    ['Cursor, records/s', ...cells(figures.scanRecordsPerSecond)],
    ['Restore, peak MB', ...cells(figures.restorePeakMB)],
    ['Import, peak MB', ...cells(figures.importPeakMB)],
  ];
  return [
    `Medians of ${rounds}; ${keys} keys, ${batch} to an import call.`,
    ...(load.some((each) => each > busyFrom)
      ? [`Not to be relied on: other programs kept this computer busy (load ${load.join(', ')}).`]
      : []),
    '',
    ...aligned([['Ours, as a multiple of', '', 'wanted', ''], ...ratios]),
    '',
    ...aligned([['Ours', '', 'wanted', ''], ...limits]),
    '',
    ...aligned(raw),
    '',
    '',
  ].join('\n');
}

type Row = readonly string[];

function aligned(rows: readonly Row[]): string[] {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
  return rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
}

function cells(values: ByEnvironment): string[] {
  return environments.map((environment) => {
    const value = values[environment];
    return value === null ? '-' : value.toFixed(0);
  });
}

function times(value: number | null): string {
  return value === null ? '-' : `${value.toFixed(2)} x`;
}

function ms(value: number | null): string {
  return value === null ? '-' : `${value.toFixed(1)} ms`;
}

function mb(value: number | null): string {
  return value === null ? '-' : `${value.toFixed(1)} MB`;
}
