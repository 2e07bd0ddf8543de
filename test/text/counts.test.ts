import { expect, test } from 'vitest';
import { grouped } from '../../src/text/counts.js';

test.each([
  [0, '0'],
  [999, '999'],
  [1000, '1,000'],
  [62_730, '62,730'],
  [1_234_567, '1,234,567'],
])('%d is written %s', (count, expected) => {
  expect(grouped(count)).toBe(expected);
});
