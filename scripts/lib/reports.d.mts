export interface Report {
  passed: number;
  failed: { name: string; message: string }[];
  skipped: { name: string; reason: string }[];
  /** Tests that passed on a second attempt only; they are among the failed. */
  flaky: number;
}

export function readVitestReport(file: string): Promise<Report | undefined>;
export function readPlaywrightReport(file: string): Promise<Report | undefined>;
