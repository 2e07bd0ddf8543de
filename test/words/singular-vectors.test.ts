import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { Random } from '../../src/numerics/random.js';
import { singularVectors } from '../../src/words/singular-vectors.js';
import { sparse } from '../helpers/sparse-rows.js';

type Matrix = readonly (readonly number[])[];

function decompose(matrix: Matrix, D: number): { readonly numbers: Float32Array; readonly width: number } {
  const rounds = singularVectors(sparse(matrix), D, new Random(1));
  for (;;) {
    const { value, done } = rounds.next();
    if (done) return value;
  }
}

const products = (a: Matrix): number[][] =>
  a.map((row) => a.map((other) => row.reduce((sum, number, index) => sum + number * (other[index] as number), 0)));

/** Decomposes a symmetric matrix by rotations of its largest number beside the diagonal: the plain method of Jacobi (1846). */
function plainJacobi(symmetric: Matrix): { readonly value: number; readonly vector: number[] }[] {
  const N = symmetric.length;
  const a = symmetric.map((row) => [...row]);
  const v = a.map((_, row) => a.map((_, column) => (row === column ? 1 : 0)));
  const get = (m: number[][], i: number, j: number): number => (m[i] as number[])[j] as number;
  for (let step = 0; step < 2000; step++) {
    let [p, q] = [0, 0];
    let most = 1e-12;
    for (let i = 0; i < N; i++)
      for (let j = i + 1; j < N; j++) if (Math.abs(get(a, i, j)) > most) [p, q, most] = [i, j, Math.abs(get(a, i, j))];
    if (p === q) break;
    const angle = 0.5 * Math.atan2(2 * get(a, p, q), get(a, q, q) - get(a, p, p));
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (const matrix of [a, v])
      for (const row of matrix)
        [row[p], row[q]] = [
          c * (row[p] as number) - s * (row[q] as number),
          s * (row[p] as number) + c * (row[q] as number),
        ];
    const [first, second] = [[...(a[p] as number[])], [...(a[q] as number[])]];
    a[p] = first.map((number, index) => c * number - s * (second[index] as number));
    a[q] = first.map((number, index) => s * number + c * (second[index] as number));
  }
  return a
    .map((_, n) => ({ value: get(a, n, n), vector: v.map((row) => row[n] as number) }))
    .sort((x, y) => y.value - x.value);
}

/** Returns the products of the rows of U · S^½ with each other, for the first D singular vectors U and values S. */
function exactProducts(matrix: Matrix, D: number): number[][] {
  const parts = plainJacobi(products(matrix)).slice(0, D);
  return matrix.map((_, i) =>
    matrix.map((_, j) =>
      parts.reduce(
        (sum, { value, vector }) => sum + Math.sqrt(Math.max(0, value)) * (vector[i] as number) * (vector[j] as number),
        0,
      ),
    ),
  );
}

function rowsOf({ numbers, width }: { readonly numbers: Float32Array; readonly width: number }): number[][] {
  return Array.from({ length: numbers.length / width }, (_, row) =>
    Array.from(numbers.subarray(row * width, (row + 1) * width)),
  );
}

const matrices = fc.integer({ min: 2, max: 9 }).chain((columns) =>
  fc.array(fc.array(fc.constantFrom(0, 0, 0, 0.5, 1, 2.25, 4), { minLength: columns, maxLength: columns }), {
    minLength: 2,
    maxLength: 9,
  }),
);

function expectClose(found: Matrix, expected: Matrix): void {
  for (const [i, row] of expected.entries())
    for (const [j, number] of row.entries()) expect(found[i]?.[j]).toBeCloseTo(number, 3);
}

describe('singular vectors', () => {
  test('are those of the exact decomposition, where all are wanted', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        expectClose(products(rowsOf(decompose(matrix, 20))), exactProducts(matrix, 20));
      }),
    );
  });

  test('are the first ones of a matrix of 60 rows and 50 columns, whose others are far smaller', () => {
    const random = new Random(3);
    const strong = Array.from({ length: 60 }, (_, row) =>
      Array.from({ length: 50 }, (_, column) => (row % 5 === column % 5 ? 3 + (row % 5) : 0) + 0.1 * random.uniform()),
    );
    const found = decompose(strong, 5);
    expect(found.width).toBe(5);
    expectClose(products(rowsOf(found)), exactProducts(strong, 5));
  });

  test('are the same to the byte each time', () => {
    fc.assert(
      fc.property(matrices, (matrix) => {
        expect(decompose(matrix, 3)).toEqual(decompose(matrix, 3));
      }),
      { numRuns: 20 },
    );
  });

  test('of zeros are zeros', () => {
    const zeros = [
      [0, 0],
      [0, 0],
      [0, 0],
    ];
    expect(rowsOf(decompose(zeros, 2))).toEqual(zeros);
  });
});
