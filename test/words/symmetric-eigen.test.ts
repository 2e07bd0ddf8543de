import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { symmetricEigen } from '../../src/words/symmetric-eigen.js';

const symmetric = fc.integer({ min: 1, max: 8 }).chain((N) =>
  fc.array(fc.integer({ min: -9, max: 9 }), { minLength: N * N, maxLength: N * N }).map((numbers) => ({
    N,
    matrix: numbers.map((_, index) => {
      const [row, column] = [Math.floor(index / N), index % N];
      return numbers[Math.min(row, column) * N + Math.max(row, column)] as number;
    }),
  })),
);

describe('the eigenvectors of a symmetric matrix', () => {
  test('are orthonormal, and multiplied by the matrix they are themselves times the eigenvalue, the largest first', () => {
    fc.assert(
      fc.property(symmetric, ({ N, matrix }) => {
        const { values, vectors } = symmetricEigen(Float64Array.from(matrix), N);
        const vector = (n: number): number[] => Array.from(vectors.subarray(n * N, (n + 1) * N));
        const dot = (a: readonly number[], b: readonly number[]): number =>
          a.reduce((total, number, index) => total + number * (b[index] as number), 0);
        for (let n = 0; n < N; n++) {
          if (n > 0) expect(values[n]).toBeLessThanOrEqual(values[n - 1] as number);
          for (let m = 0; m < N; m++) {
            expect(dot(vector(n), vector(m))).toBeCloseTo(n === m ? 1 : 0, 9);
            expect(dot(matrix.slice(m * N, (m + 1) * N), vector(n))).toBeCloseTo(
              (values[n] as number) * (vector(n)[m] as number),
              8,
            );
          }
        }
      }),
    );
  });
});
