import { doubleAt } from '../numerics/at.js';

/** Sweeps over all pairs after which the numbers beside the diagonal are far below rounding. */
const MOST_SWEEPS = 30;

/** The eigenvalues of a symmetric matrix and, in the same order, its eigenvectors. */
export interface Eigen {
  /** (N), the largest first */
  readonly values: Float64Array;
  /** (N, N), an eigenvector of length 1 in each row */
  readonly vectors: Float64Array;
}

/**
 * Decomposes a symmetric matrix by the cyclic method of Jacobi (Golub & Van Loan 2013, section 8.5), which needs nothing but
 * arithmetic and square roots.
 *
 * @param matrix (N, N), which is overwritten
 */
export function symmetricEigen(matrix: Float64Array, N: number): Eigen {
  const rotated = new Float64Array(N * N);
  for (let n = 0; n < N; n++) rotated[n * N + n] = 1;
  for (let sweep = 0; sweep < MOST_SWEEPS; sweep++) {
    let rotations = 0;
    for (let p = 0; p < N; p++) for (let q = p + 1; q < N; q++) if (rotate(matrix, rotated, N, p, q)) rotations++;
    if (rotations === 0) break;
  }
  const order = Array.from({ length: N }, (_, n) => n).sort(
    (a, b) => doubleAt(matrix, b * N + b) - doubleAt(matrix, a * N + a) || a - b,
  );
  const vectors = new Float64Array(N * N);
  for (const [place, n] of order.entries()) vectors.set(rotated.subarray(n * N, (n + 1) * N), place * N);
  return { values: Float64Array.from(order, (n) => doubleAt(matrix, n * N + n)), vectors };
}

/** The fraction of the geometric mean of two eigenvalues below which the number that joins them is taken for 0. */
const NEGLIGIBLE = 1e-15;

/** Makes the number at (p, q) 0 by a rotation; returns false if it is negligible already. */
function rotate(a: Float64Array, vectors: Float64Array, N: number, p: number, q: number): boolean {
  const [app, aqq, apq] = [doubleAt(a, p * N + p), doubleAt(a, q * N + q), doubleAt(a, p * N + q)];
  if (Math.abs(apq) <= NEGLIGIBLE * Math.sqrt(Math.abs(app * aqq)) || apq === 0) return false;
  const tau = (aqq - app) / (2 * apq);
  const t = (tau >= 0 ? 1 : -1) / (Math.abs(tau) + Math.sqrt(1 + tau * tau));
  const c = 1 / Math.sqrt(1 + t * t);
  const s = t * c;
  for (let n = 0; n < N; n++) turn(a, n * N + p, n * N + q, c, s);
  for (let n = 0; n < N; n++) turn(a, p * N + n, q * N + n, c, s);
  for (let n = 0; n < N; n++) turn(vectors, p * N + n, q * N + n, c, s);
  return true;
}

function turn(numbers: Float64Array, first: number, second: number, c: number, s: number): void {
  const [x, y] = [doubleAt(numbers, first), doubleAt(numbers, second)];
  numbers[first] = c * x - s * y;
  numbers[second] = s * x + c * y;
}
