import { expect, test } from 'vitest';
import { deviationOf, meanOf } from '../../src/evaluation/spread.js';

test('the mean, and the deviation of a sample', () => {
  expect(meanOf([2, 4, 4, 4, 5, 5, 7, 9])).toBe(5);
  expect(deviationOf([2, 4, 4, 4, 5, 5, 7, 9])).toBeCloseTo(Math.sqrt(32 / 7), 12);
});

test('a single figure does not deviate', () => {
  expect([meanOf([0.3]), deviationOf([0.3])]).toEqual([0.3, 0]);
});
