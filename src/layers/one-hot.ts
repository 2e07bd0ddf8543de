import { at } from '../numerics/at.js';
import type { Address, Kernels } from '../numerics/kernels.js';

/**
 * Adds to y (N, width) the products of one-hot vectors, one for each table, and the tables (V, width). Each product is
 * the row that a token's id names; the vectors are never built.
 *
 * @param ids (N) for each table
 */
export function addRows(
  kernels: Kernels,
  tables: readonly Address[],
  ids: readonly Address[],
  y: Address,
  width: number,
  N: number,
): void {
  for (const [index, table] of tables.entries()) kernels.gatherAdd(table, at(ids, index), y, width, N, width);
}
