import { expect, it } from 'vitest';
import { isThere, namedTests } from '../../support/docs/named-tests';

it('every test that the table of faults names exists', () => {
  const named = namedTests('faults.md');
  expect(named.length).toBeGreaterThan(25);
  expect(named.filter((test) => !isThere(test))).toEqual([]);
});
