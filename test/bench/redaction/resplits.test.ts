import { expect, test } from 'vitest';
import { CERTAIN } from '../../../src/model/hiding-scores.js';
import { Random } from '../../../src/numerics/random.js';
import { resplit, shortfall } from './resplits.js';

test('the shortfall by chance of a rest is what drawing independent names shows', () => {
  const random = new Random(3);
  const blocks = Array.from({ length: 300 }, () => [{ names: [random.below(CERTAIN) + 1], outside: [1] }]);
  const { broken, expected, names, cost } = resplit(blocks, 0.5, 0.9, 400, random);
  expect(names).toBe(150);
  expect(cost).toBe(0);
  expect(expected).toBeCloseTo(shortfall(150, 150, 0.9), 10);
  expect(Math.abs(broken.rest - expected)).toBeLessThan(4 * Math.sqrt((expected * (1 - expected)) / 400));
  expect(broken.all).toBeLessThan(0.05);
});
