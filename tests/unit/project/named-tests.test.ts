import { expect, it } from 'vitest';
import { isThere, namedTests } from '../../support/docs/named-tests';

it('every test that the page on key management’s tests names exists', () => {
  const named = namedTests('key-management-tests.md');
  expect(named.length).toBeGreaterThan(50);
  expect(named.filter((test) => !isThere(test))).toEqual([]);
});
