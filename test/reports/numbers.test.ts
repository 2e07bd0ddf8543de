import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percent, twoDecimals } from '../../src/reports/numbers.js';

/** Two decimals of a number from 0.01 to 100, of a tie the even one, in integers: such a number times 2^60 is one. */
function twoDecimalsExactly(value: number): string {
  const whole = 2n ** 60n;
  const hundredths = BigInt(value * 2 ** 60) * 100n;
  const down = hundredths / whole;
  const rest = 2n * (hundredths % whole);
  const rounded = rest > whole || (rest === whole && down % 2n === 1n) ? down + 1n : down;
  const digits = rounded.toString().padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
}

describe('two decimals', () => {
  test.each([
    [0, '0.00'],
    [3.125, '3.12'],
    [9.375, '9.38'],
    [15.625, '15.62'],
    [21.875, '21.88'],
    [200 / 3, '66.67'],
    [100, '100.00'],
  ])('of %d are %s', (value, expected) => {
    expect(twoDecimals(value)).toBe(expected);
  });

  test('are those of the exact value, of a tie the even one', () => {
    const eighths = fc.integer({ min: 1, max: 800 }).map((count) => count / 8);
    const percentage = fc
      .tuple(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 5000 }))
      .map(([a, b]) => (100 * Math.min(a, b)) / Math.max(a, b));
    fc.assert(
      fc.property(fc.oneof(eighths, percentage, fc.double({ min: 0.01, max: 100, noNaN: true })), (value) => {
        expect(twoDecimals(value)).toBe(twoDecimalsExactly(value));
      }),
      { numRuns: 5000 },
    );
  });
});

test.each([
  [0, '0.00'],
  [0.9174, '91.74'],
  [1 / 3, '33.33'],
  [1 / 32, '3.12'],
  [1, '100.00'],
])('%d is %s per cent', (fraction, expected) => {
  expect(percent(fraction)).toBe(expected);
});
