import { describe, expect, it } from 'vitest';
import { compare, subtestId } from '../../conformance/compare';
import type { Outcome } from '../../conformance/protocol';

const outcome: Outcome = {
  harness: null,
  subtests: [
    { name: 'adds', passed: true, message: '' },
    { name: 'takes away', passed: false, message: 'too much' },
  ],
};

describe('A run of the suite', () => {
  it('is as expected when nothing fails but what is expected to', () => {
    expect(compare('sums.js', outcome, [subtestId('takes away')])).toEqual({
      passed: 1,
      failed: 1,
      surprises: [],
    });
  });

  it('surprises by a failure, a pass, and what is there no more', () => {
    const gone = subtestId('divides');
    expect(compare('sums.js', outcome, [subtestId('adds'), gone]).surprises).toEqual([
      `passes now: sums.js ${subtestId('adds')} “adds” `,
      `fails: sums.js ${subtestId('takes away')} “takes away” too much`,
      `is not there to fail: sums.js ${gone}`,
    ]);
  });

  it('surprises when the harness itself fails', () => {
    const broken: Outcome = { harness: 'it took too long', subtests: [] };
    expect(compare('sums.js', broken)).toEqual({
      passed: 0,
      failed: 1,
      surprises: ['fails: sums.js harness it took too long'],
    });
  });
});
