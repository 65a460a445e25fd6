/**
 * The part of the package that is used here. Its own declarations are not reachable through its
 * `exports`, and are full of `any`.
 */
declare module 'better-sqlite3-multiple-ciphers' {
  interface Options {
    readonly readonly?: boolean;
    readonly fileMustExist?: boolean;
    /** Milliseconds to wait for a lock. */
    readonly timeout?: number;
  }

  interface RunResult {
    readonly changes: number;
  }

  interface Statement {
    run(...parameters: readonly unknown[]): RunResult;
    get(...parameters: readonly unknown[]): unknown;
    all(...parameters: readonly unknown[]): unknown[];
    raw(): this;
    pluck(): this;
  }

  class Database {
    constructor(filename: string, options?: Options);
    readonly open: boolean;
    readonly inTransaction: boolean;
    prepare(source: string): Statement;
    exec(source: string): this;
    pragma(source: string, options?: { simple?: boolean }): unknown;
    key(key: Buffer): number;
    close(): this;
  }

  export default Database;
}
