import type { Address, Kernels } from '../numerics/kernels.js';

/**
 * The input layer: each token has one one-hot vector a table, and its product with the table is the row that the
 * token's id names. The vectors are never built.
 */
export interface OneHotTable {
  /** (V, width) */
  readonly table: Address;
  readonly width: number;
  /** Column of y where the table's rows go. */
  readonly column: number;
}

/** y (N, ldy) = the rows of all tables side by side; ids[f] (N) are those of table f. */
export function concatenateRows(
  kernels: Kernels,
  tables: readonly OneHotTable[],
  ids: readonly Address[],
  y: Address,
  ldy: number,
  N: number,
): void {
  for (const [index, { table, width, column }] of tables.entries()) {
    kernels.gather(table, ids[index] as Address, y + column, ldy, N, width);
  }
}

/** y (N, ldy) = bias + the sum of the rows of all tables */
export function sumRows(
  kernels: Kernels,
  tables: readonly OneHotTable[],
  ids: readonly Address[],
  bias: Address,
  y: Address,
  ldy: number,
  N: number,
): void {
  kernels.fillRows(bias, y, ldy, N, ldy);
  for (const [index, { table, width }] of tables.entries()) {
    kernels.gatherAdd(table, ids[index] as Address, y, ldy, N, width);
  }
}
