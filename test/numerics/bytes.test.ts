import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromByteRows, powerOfTwo, roundVectors, toByteRows } from '../../src/numerics/bytes.js';

const WIDTH = 4;
const rows = fc
  .array(fc.float({ min: -(2 ** 50), max: 2 ** 50, noNaN: true }), { minLength: WIDTH, maxLength: 5 * WIDTH })
  .map((numbers) => Float32Array.from(numbers.slice(0, Math.floor(numbers.length / WIDTH) * WIDTH)));

describe('rows of one byte a number', () => {
  test('differ from the numbers by at most half a step, which is at most 1/127 of the largest', () => {
    fc.assert(
      fc.property(rows, (numbers) => {
        const rounded = roundVectors(numbers, WIDTH);
        for (const [index, number] of numbers.entries()) {
          const start = Math.floor(index / WIDTH) * WIDTH;
          const largest = Math.max(...numbers.subarray(start, start + WIDTH).map(Math.abs));
          expect(Math.abs((rounded[index] as number) - number)).toBeLessThanOrEqual(largest / 127 + 2 ** -126);
        }
      }),
    );
  });

  test('come back as they are', () => {
    fc.assert(
      fc.property(rows, (numbers) => {
        const first = toByteRows(numbers, WIDTH);
        expect(toByteRows(fromByteRows(first), WIDTH)).toEqual(first);
      }),
      { examples: [[Float32Array.of(2 ** -149, 0, 0, 0)], [Float32Array.of(2 ** -127, 2 ** -149, 0, 0)]] },
    );
  });

  test('of zeros are zeros', () => {
    expect([...roundVectors(new Float32Array(WIDTH), WIDTH)]).toEqual([0, 0, 0, 0]);
  });
});

test('powers of two are exact for every exponent of a byte and its negative', () => {
  expect([-2, -1, 0, 1, 10].map(powerOfTwo)).toEqual([0.25, 0.5, 1, 2, 1024]);
  for (let exponent = -127; exponent <= 128; exponent++) {
    expect(powerOfTwo(exponent)).toBe(2 * powerOfTwo(exponent - 1));
    expect(powerOfTwo(exponent) * powerOfTwo(-exponent)).toBe(1);
  }
});
