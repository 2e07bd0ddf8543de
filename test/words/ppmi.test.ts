import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { positiveMutualInformation } from '../../src/words/ppmi.js';
import { dense, sparse } from '../helpers/sparse-rows.js';

const counts = fc.array(fc.array(fc.constantFrom(0, 0, 1, 2, 3, 5, 40), { minLength: 4, maxLength: 4 }), {
  minLength: 1,
  maxLength: 6,
});

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

/** The definition: log(p(w, c) / (p(w) p(c))) where that is above 0, with p(c) from counts to the power of 0.75. */
function plainInformation(matrix: readonly (readonly number[])[]): number[][] {
  const total = sum(matrix.map(sum));
  const smoothed = [0, 1, 2, 3].map((column) => sum(matrix.map((row) => row[column] ?? 0)) ** 0.75);
  return matrix.map((row) =>
    row.map((count, column) => {
      if (count === 0) return 0;
      const [word, neighbour] = [sum(row) / total, (smoothed[column] ?? 0) / sum(smoothed)];
      return Math.max(0, Math.log(count / total / (word * neighbour)));
    }),
  );
}

describe('positive mutual information', () => {
  test('is that of its definition', () => {
    fc.assert(
      fc.property(counts, (matrix) => {
        const expected = plainInformation(matrix);
        for (const [row, numbers] of dense(positiveMutualInformation(sparse(matrix))).entries())
          for (const [column, number] of numbers.entries())
            expect(number).toBeCloseTo(expected[row]?.[column] ?? -1, 5);
      }),
    );
  });

  test('stores numbers above 0 alone', () => {
    fc.assert(
      fc.property(counts, (matrix) => {
        const { numbers, places, starts } = positiveMutualInformation(sparse(matrix));
        expect(numbers.every((number) => number > 0)).toBe(true);
        expect(places.length).toBe(numbers.length);
        expect(starts.at(-1)).toBe(numbers.length);
      }),
    );
  });
});
