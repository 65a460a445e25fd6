import type { SuiteTest } from './suite';

/** What a child is started with. */
export interface Assignment {
  readonly checkout: string;
  /** An empty folder, for its database. */
  readonly folder: string;
  readonly test: SuiteTest;
}

export interface Subtest {
  readonly name: string;
  readonly passed: boolean;
  readonly message: string;
}

/** What became of a test. */
export interface Outcome {
  /** Why the harness itself failed, or null. */
  readonly harness: string | null;
  readonly subtests: readonly Subtest[];
}
