import { expect, it } from 'vitest';
import { timeLeft } from '../../../main/engine/keys/restore/time-left';

it('estimates from this run’s speed, once there is enough to go by', () => {
  const estimate = timeLeft(1000, 0);
  expect(estimate(1100, 2000, 500)).toBeNull();
  expect(estimate(1010, 2000, 2000)).toBeNull();
  expect(estimate(1500, 2000, 2000)).toBe(2000);
  expect(estimate(2000, 2000, 4000)).toBe(0);
});
