import { expect, test } from 'vitest';
import { CrashBudget } from '../../../main/shell/crash-budget';

test('a page may crash twice in a minute; the third time is once too often', () => {
  const budget = new CrashBudget();
  expect([budget.spend(0), budget.spend(10_000), budget.spend(59_999)]).toEqual([
    true,
    true,
    false,
  ]);
});

test('crashes far apart do not add up', () => {
  const budget = new CrashBudget();
  expect([0, 40_000, 80_000, 120_000, 160_000].map((at) => budget.spend(at))).not.toContain(false);
});
