import type { Address, Kernels } from '../numerics/kernels.js';

/** A matrix in the two forms that products read, as panels. */
export interface PackedMatrix {
  readonly panels: Address;
  /** The panels of the transpose. */
  readonly transposed: Address;
}

/**
 * Computes y = x · W + b.
 *
 * @param x (N, I), rows `ldx` apart
 * @param y (N, O), overwritten
 */
export function denseForward(
  kernels: Kernels,
  x: Address,
  ldx: number,
  { panels }: PackedMatrix,
  bias: Address,
  y: Address,
  N: number,
  I: number,
  O: number,
): void {
  kernels.fillRows(bias, y, O, N, O);
  kernels.multiply(x, ldx, panels, y, O, N, I, O);
}

/**
 * Computes the gradients of `denseForward`.
 *
 * @param dy (N, O)
 * @param dx (N, I), overwritten
 * @param dWeights (I, O), added to
 * @param dBias (O), added to
 * @param scratch min(N, 256) · (I + 8)
 */
export function denseBackward(
  kernels: Kernels,
  x: Address,
  ldx: number,
  { transposed }: PackedMatrix,
  dy: Address,
  dx: Address,
  dWeights: Address,
  dBias: Address,
  N: number,
  I: number,
  O: number,
  scratch: Address,
): void {
  kernels.multiplyTransposed(x, ldx, dy, O, dWeights, O, N, I, O, scratch);
  kernels.addRowSums(dy, O, dBias, N, O);
  kernels.fill(dx, 0, N * I);
  kernels.multiply(dy, O, transposed, dx, I, N, O, I);
}
