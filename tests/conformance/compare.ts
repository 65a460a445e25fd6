import { createHash } from 'node:crypto';
import type { Outcome } from './protocol';

export interface Comparison {
  readonly passed: number;
  readonly failed: number;
  /** What is not as expected, a line each. */
  readonly surprises: readonly string[];
}

/** The number by which a failure of the harness itself is named. */
const HARNESS = 'harness';

/** Holds a test's outcome against the subtests that are expected to fail. */
export function compare(
  test: string,
  { harness, subtests }: Outcome,
  expectedFailures: readonly string[] = [],
): Comparison {
  const unseen = new Set(expectedFailures);
  const surprises: string[] = [];
  function judge(id: string, passed: boolean, text: string): void {
    const isExpectedToFail = expectedFailures.includes(id);
    unseen.delete(id);
    if (passed === isExpectedToFail) {
      surprises.push(`${passed ? 'passes now' : 'fails'}: ${test} ${id} ${text}`);
    }
  }
  if (harness !== null) judge(HARNESS, false, harness);
  for (const { name, passed, message } of subtests) {
    judge(subtestId(name), passed, `“${name}” ${message}`);
  }
  for (const id of unseen) surprises.push(`is not there to fail: ${test} ${id}`);
  const passed = subtests.filter((subtest) => subtest.passed).length;
  const failed = subtests.length - passed + (harness === null ? 0 : 1);
  return { passed, failed, surprises };
}

/** Names a subtest in the list of expectations. */
export function subtestId(name: string): string {
  return createHash('sha256').update(name).digest('hex').slice(0, 10);
}
