import { doubleAt, integerAt } from '../numerics/at.js';

/** A matrix of which only the numbers other than 0 are stored, row by row. */
export interface SparseRows {
  readonly rows: number;
  readonly columns: number;
  /** (rows + 1), where each row begins among the numbers, and where the last one ends */
  readonly starts: Int32Array;
  /** The column of each number, ascending in each row. */
  readonly places: Int32Array;
  readonly numbers: Float64Array;
}

/**
 * y (rows, L) = a · x
 *
 * @param x (columns, L)
 */
export function multiplySparse(a: SparseRows, x: Float64Array, L: number): Float64Array {
  const y = new Float64Array(a.rows * L);
  for (let row = 0; row < a.rows; row++) {
    const end = integerAt(a.starts, row + 1);
    for (let index = integerAt(a.starts, row); index < end; index++)
      addScaled(x, integerAt(a.places, index) * L, doubleAt(a.numbers, index), y, row * L, L);
  }
  return y;
}

/**
 * y (columns, L) = aᵀ · x
 *
 * @param x (rows, L)
 */
export function multiplySparseTransposed(a: SparseRows, x: Float64Array, L: number): Float64Array {
  const y = new Float64Array(a.columns * L);
  for (let row = 0; row < a.rows; row++) {
    const end = integerAt(a.starts, row + 1);
    for (let index = integerAt(a.starts, row); index < end; index++)
      addScaled(x, row * L, doubleAt(a.numbers, index), y, integerAt(a.places, index) * L, L);
  }
  return y;
}

/** y[toY ...] += factor · x[fromX ...], L numbers */
export function addScaled(
  x: Float64Array,
  fromX: number,
  factor: number,
  y: Float64Array,
  toY: number,
  L: number,
): void {
  for (let index = 0; index < L; index++)
    y[toY + index] = doubleAt(y, toY + index) + factor * doubleAt(x, fromX + index);
}
