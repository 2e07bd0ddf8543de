import type { Address, Kernels } from '../numerics/kernels.js';

/**
 * The input layer: each token has one one-hot vector a table, and its product with the table is the row that the
 * token's id names. The vectors are never built.
 */
export interface OneHotTable {
  /** (V, width) */
  readonly table: Address;
  readonly width: number;
  /** Number of the feature whose values its rows are. */
  readonly feature: number;
  /** Where the table's rows begin when rows stand side by side. */
  readonly column: number;
}

/** y (N, width) = bias + the rows that `ids` name, one of each table (V, width) */
export function sumRows(
  kernels: Kernels,
  tables: readonly Address[],
  ids: readonly Address[],
  bias: Address,
  y: Address,
  width: number,
  N: number,
): void {
  kernels.fillRows(bias, y, width, N, width);
  for (const [index, table] of tables.entries()) {
    kernels.gatherAdd(table, ids[index] as Address, y, width, N, width);
  }
}
