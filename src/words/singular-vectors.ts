import { doubleAt } from '../numerics/at.js';
import type { Random } from '../numerics/random.js';
import { addScaled, multiplySparse, multiplySparseTransposed, type SparseRows } from './sparse-rows.js';
import { symmetricEigen } from './symmetric-eigen.js';

/** How many directions are followed beyond those that are wanted, so that these become exact sooner. */
const MORE_DIRECTIONS = 16;

/** How often the directions are multiplied by the matrix and its transpose. */
const ROUNDS = 5;

/** The fraction of its length below which what is left of a direction is rounding. */
const NOTHING_LEFT = 1e-10;

/**
 * Finds the first D left singular vectors of a matrix, each times the square root of its singular value, by subspace
 * iteration from drawn directions (Halko, Martinsson & Tropp 2011, algorithms 4.4 and 5.1). It yields the number of each
 * round that is done, from 1.
 *
 * @returns (rows, width), with as many numbers a row as the matrix has rows or columns if these are fewer than D
 */
export function* singularVectors(
  a: SparseRows,
  D: number,
  random: Random,
): Generator<number, { readonly numbers: Float32Array; readonly width: number }, undefined> {
  const width = Math.min(D, a.rows, a.columns);
  const L = Math.min(D + MORE_DIRECTIONS, a.rows, a.columns);
  let directions: Float64Array = Float64Array.from({ length: a.columns * L }, () => random.uniform() - 0.5);
  for (let round = 1; round <= ROUNDS; round++) {
    const product = multiplySparseTransposed(a, multiplySparse(a, directions, L), L);
    directions = orthonormal(product, a.columns, L);
    yield round;
  }
  const y = multiplySparse(a, directions, L);
  const { values, vectors } = symmetricEigen(gramOf(y, a.rows, L), L);
  return { numbers: project(y, a.rows, L, values, vectors, width), width };
}

/**
 * Makes the columns of a matrix orthonormal by the modified Gram-Schmidt process, twice, since once leaves rounding; a
 * column that depends on those before it becomes 0.
 *
 * @param x (N, L)
 */
function orthonormal(x: Float64Array, N: number, L: number): Float64Array {
  const rows = transpose(x, N, L);
  for (let row = 0; row < L; row++) {
    const before = Math.sqrt(dot(rows, row * N, row * N, N));
    for (let time = 0; time < 2; time++) {
      for (let other = 0; other < row; other++)
        addScaled(rows, other * N, -dot(rows, other * N, row * N, N), rows, row * N, N);
    }
    const length = Math.sqrt(dot(rows, row * N, row * N, N));
    const factor = length > NOTHING_LEFT * before ? 1 / length : 0;
    for (let n = row * N; n < (row + 1) * N; n++) rows[n] = factor * doubleAt(rows, n);
  }
  return transpose(rows, L, N);
}

function dot(x: Float64Array, first: number, second: number, N: number): number {
  let sum = 0;
  for (let n = 0; n < N; n++) sum += doubleAt(x, first + n) * doubleAt(x, second + n);
  return sum;
}

/** Returns the transpose (M, N) of x (N, M). */
function transpose(x: Float64Array, N: number, M: number): Float64Array {
  const transposed = new Float64Array(N * M);
  for (let n = 0; n < N; n++) for (let m = 0; m < M; m++) transposed[m * N + n] = doubleAt(x, n * M + m);
  return transposed;
}

/** Returns yᵀ · y (L, L) of y (N, L). */
function gramOf(y: Float64Array, N: number, L: number): Float64Array {
  const gram = new Float64Array(L * L);
  for (let n = 0; n < N; n++)
    for (let row = 0; row < L; row++) addScaled(y, n * L, doubleAt(y, n * L + row), gram, row * L, L);
  return gram;
}

/**
 * Returns y (N, L) in the directions of the first eigenvectors, whose eigenvalues are squares of singular values: what it is
 * there, divided by the square root of the singular value.
 */
function project(
  y: Float64Array,
  N: number,
  L: number,
  values: Float64Array,
  vectors: Float64Array,
  width: number,
): Float32Array {
  const least = NOTHING_LEFT * Math.max(0, doubleAt(values, 0));
  const factors = values.map((value) => (value > least ? 1 / Math.sqrt(Math.sqrt(value)) : 0));
  const projected = new Float32Array(N * width);
  for (let n = 0; n < N; n++) {
    for (let d = 0; d < width; d++) {
      let sum = 0;
      for (let l = 0; l < L; l++) sum += doubleAt(y, n * L + l) * doubleAt(vectors, d * L + l);
      projected[n * width + d] = sum * doubleAt(factors, d);
    }
  }
  return projected;
}
