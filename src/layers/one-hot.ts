import type { Kernels, Numbers } from '../numerics/kernels.js';

/**
 * The input layer: a token's one-hot vector times a table of weights, which is the row of the table that the token's id
 * names. The vector is never built.
 *
 * @param ids (N), each from 0 to V - 1
 * @param table (V, H)
 * @param bias (H)
 * @param y (N, H), overwritten: y = Wx·x + b
 */
export function oneHotForward(
  kernels: Kernels,
  ids: Int32Array,
  table: Numbers,
  bias: Numbers,
  y: Numbers,
  N: number,
  H: number,
): void {
  y.fill(0, 0, N * H);
  kernels.addTableRows(table, ids, y, N, H);
  kernels.addBias(y, bias, N, H);
}

/**
 * @param dy (N, H)
 * @param dTable (V, H), added to in the rows that `ids` name
 * @param dBias (H), added to
 */
export function oneHotBackward(
  kernels: Kernels,
  ids: Int32Array,
  dy: Numbers,
  dTable: Numbers,
  dBias: Numbers,
  N: number,
  H: number,
): void {
  kernels.addToTableRows(dy, ids, dTable, N, H);
  kernels.addRowSums(dy, dBias, N, H);
}
