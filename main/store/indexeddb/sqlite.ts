/** The part of a better-sqlite3 (or better-sqlite3-multiple-ciphers) connection that is used here. */
export interface Database {
  readonly inTransaction: boolean;
  prepare(source: string): Statement;
  exec(source: string): unknown;
  pragma(source: string, options?: { simple?: boolean }): unknown;
}

export interface WritingStatement {
  run(...parameters: readonly unknown[]): RunResult;
}

export interface Statement extends WritingStatement {
  get(...parameters: readonly unknown[]): unknown;
  all(...parameters: readonly unknown[]): unknown[];
  /** Has rows given as arrays. */
  raw(): this;
  /** Has rows given as their first column. */
  pluck(): this;
}

export interface RunResult {
  readonly changes: number;
}
